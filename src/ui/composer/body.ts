/** What is sent of what was typed: leading indentation stays, empty lines around it do not. */
export function bodyOf(text: string): string {
  return text.replace(/^\s*\n/, "").trimEnd();
}

/** Characters as the limit counts them: code points, like Postgres. An emoji is one, not two. */
export function lengthOf(body: string): number {
  return [...body].length;
}

/** U+0085 is a blank to Postgres, and not to JavaScript. */
export function isBlank(body: string): boolean {
  return !/[^\s\u0085]/.test(body);
}

/** What people paste most, and what it is called. */
const LABELS = {
  bash: "Shell",
  c: "C",
  cpp: "C++",
  csharp: "C#",
  css: "CSS",
  diff: "Diff",
  docker: "Dockerfile",
  go: "Go",
  html: "HTML",
  java: "Java",
  javascript: "JavaScript",
  json: "JSON",
  kotlin: "Kotlin",
  markdown: "Markdown",
  php: "PHP",
  python: "Python",
  ruby: "Ruby",
  rust: "Rust",
  sql: "SQL",
  swift: "Swift",
  toml: "TOML",
  tsx: "TSX",
  typescript: "TypeScript",
  yaml: "YAML",
};
export type LanguageId = keyof typeof LABELS;

const ALIASES: Record<string, LanguageId> = {
  "c#": "csharp",
  "c++": "cpp",
  cs: "csharp",
  dockerfile: "docker",
  golang: "go",
  htm: "html",
  js: "javascript",
  jsx: "tsx",
  kt: "kotlin",
  md: "markdown",
  patch: "diff",
  py: "python",
  rb: "ruby",
  rs: "rust",
  sh: "bash",
  shell: "bash",
  shellscript: "bash",
  ts: "typescript",
  yml: "yaml",
  zsh: "bash",
};

/** The language behind the word at a fence, or undefined: then its code stays plain. */
export function languageOf(word: string | null): { id: LanguageId; label: string } | undefined {
  if (!word) return undefined;
  const id = Object.hasOwn(LABELS, word) ? (word as LanguageId) : Object.hasOwn(ALIASES, word) && ALIASES[word];
  return id ? { id, label: LABELS[id] } : undefined;
}

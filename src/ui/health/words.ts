/** "0.4 ms", "12 ms", "1.2 s", "2 min" */
export function durationWords(ms: number): string {
  if (ms < 1) return `${ms.toFixed(1)} ms`;
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${numberWords(ms / 1_000)} s`;
  return spanWords(ms / 1_000);
}

/** "40 s", "4 min", "3 h", "12 days" */
export function spanWords(seconds: number): string {
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400 * 2) return `${Math.floor(seconds / 3_600)} h`;
  return `${Math.floor(seconds / 86_400)} days`;
}

/** "112 MB", "1.3 GB" */
export function sizeWords(bytes: number): string {
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

/** "1 socket", "1,200 sockets" */
export function countWords(count: number, one: string, many = `${one}s`): string {
  return `${numberWords(count)} ${count === 1 ? one : many}`;
}

export function numberWords(count: number): string {
  return count.toLocaleString("en-GB", { maximumFractionDigits: count < 10 ? 1 : 0 });
}

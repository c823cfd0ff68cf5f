import { QueryClient } from "@tanstack/react-query";

let inThisTab: QueryClient | undefined;

/**
 * Where answers are kept that no feed keeps current: lists that are asked for when somebody looks. Named at each call, not
 * by a provider around everything, so that the library comes with the parts that use it and not with the first page. A
 * server renders for many people: there nothing is kept.
 */
export function queries(): QueryClient {
  if (typeof window === "undefined") return new QueryClient();
  inThisTab ??= new QueryClient();
  return inThisTab;
}

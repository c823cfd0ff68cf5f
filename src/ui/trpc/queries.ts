import { focusManager, QueryClient } from "@tanstack/react-query";
import { isLooking, onLooking } from "#ui/kit/looking.ts";

let inThisTab: QueryClient | undefined;

/**
 * Where answers are kept that no feed keeps current: lists that are asked for when somebody looks. Named at each call, not
 * by a provider around everything, so that the library comes with the parts that use it and not with the first page. A
 * server renders for many people: there nothing is kept. What says `refetchOnWindowFocus`, and nothing else, is asked for
 * again whenever somebody looks at the page again.
 */
export function queries(): QueryClient {
  if (typeof window === "undefined") return new QueryClient();
  inThisTab ??= begin();
  return inThisTab;
}

function begin(): QueryClient {
  const onlyAsked = { refetchOnWindowFocus: false, refetchOnReconnect: false };
  const client = new QueryClient({ defaultOptions: { queries: onlyAsked } });
  // Not told what it is: what is asked for at intervals goes on beside another window, while it is to be seen.
  focusManager.setEventListener((again) => onLooking(() => void (isLooking() && again())));
  client.mount();
  return client;
}

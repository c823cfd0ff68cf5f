/** Where one was among the rooms, for coming back from settings. This page's life long; the server keeps none. */
let path = "/rooms";

export const lastPlace = (): string => path;

export function keepLastPlace(pathname: string): void {
  path = pathname;
}

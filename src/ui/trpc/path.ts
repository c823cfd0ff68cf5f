/** Where the server's procedures are, for calls and for the socket alike. */
export const PATH = "/trpc";

import NextAuth from "next-auth";
import { authOptions } from "#server/auth/options.ts";

type RouteContext = { params: Promise<{ nextauth: string[] }> };

/** The only API route of Next's: sign-in and sign-out. /trpc belongs to server.ts. */
async function handler(request: Request, context: RouteContext): Promise<Response> {
  return NextAuth(request as never, context as never, await authOptions());
}

export { handler as GET, handler as POST };

import { z } from "zod";
import { BODY_MAX } from "#shared/limits.ts";
import { CannotStart } from "./errors.ts";

/**
 * The only reader of process.env. Every variable has a working default; `.env.example` lists them all, and a test holds
 * the two lists equal. Parsed on demand, not at import: `next build` imports every module without any environment.
 */
const count = (fallback: number, most = 1_000_000) =>
  z.coerce.number("must be a number").int().positive().max(most).default(fallback);
const origin = z
  .url({ protocol: /^https?$/, error: "must look like https://chat.example.org" })
  .transform((url) => new URL(url).origin);

const WORKERS = "must be a whole number from 1 to 64";

export const Environment = z
  .object({
    NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
    PORT: z.coerce.number("must be a number from 0 to 65535").int().min(0).max(65535).default(3000),
    HOST: z.string().min(1).default("0.0.0.0"),
    DATABASE_URL: z
      .url({ protocol: /^postgres(ql)?$/, error: "must look like postgres://user:password@host:5432/name" })
      .optional(),
    DATABASE_POOL: count(10),
    EARSHOT_WORKERS: z.coerce.number(WORKERS).int(WORKERS).min(1, WORKERS).max(64, WORKERS).default(1),
    APP_ORIGIN: z
      .string()
      .optional()
      .transform((list) => list?.split(",").map((entry) => entry.trim()))
      .pipe(z.array(origin).min(1).optional()),
    AUTH_SECRET: z.string().min(32, "needs at least 32 characters").optional(),
    TRUST_PROXY: z.stringbool().default(false),
    SERVER_NAME: z.string().trim().min(1).max(40).default("Earshot"),
    SIGN_UP: z.enum(["open", "closed"]).default("open"),
    // A frame holds 256 kB, and a character up to four bytes.
    MESSAGE_MAX_LENGTH: count(4000, BODY_MAX),
    RATE_MESSAGES_PER_MINUTE: count(20),
    RATE_ACTIONS_PER_MINUTE: count(120),
    RATE_SIGN_INS_PER_NAME: count(10),
    RATE_SIGN_INS_PER_ADDRESS: count(100),
    RATE_SIGN_UPS_PER_ADDRESS: count(20),
    SOCKETS_PER_PERSON: count(20),
    SOCKETS_PER_ADDRESS: count(1000),
    LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]).default("info"),
  })
  .transform(({ APP_ORIGIN, ...rest }) => ({
    ...rest,
    /** Exact origins whose pages may talk to us. The first one is the address that we print and redirect to. */
    origins: APP_ORIGIN ?? [`http://localhost:${rest.PORT}`, `http://127.0.0.1:${rest.PORT}`],
  }));

export type Env = Readonly<z.infer<typeof Environment>>;

/** Thrown with one clear line for each variable that is wrong. */
export class EnvironmentError extends CannotStart {}

export function readEnv(source: Record<string, string | undefined>): Env {
  // An empty string in a compose file or an .env means "not set".
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = Environment.safeParse(given);
  if (parsed.success) return Object.freeze(parsed.data);
  const lines = parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`);
  throw new EnvironmentError(`The environment is not usable. ${lines.join("; ")}`);
}

let current: Env | undefined;

/** The environment of this process. Throws EnvironmentError at the first call when something is wrong. */
export function env(): Env {
  current ??= readEnv(process.env);
  return current;
}

/** next-auth reads its own variable: the address that people type, which also decides whether cookies are `Secure`. */
export function tellNextAuth(): void {
  process.env.NEXTAUTH_URL = env().origins[0] ?? "";
}

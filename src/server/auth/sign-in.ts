import { Password, Username } from "#shared/people.ts";
import { spendAsSystem } from "../db/allowances.ts";
import { prisma } from "../db/prisma.ts";
import { env } from "../env.ts";
import { isPassword } from "./passwords.ts";

const QUARTER_HOUR_MS = 15 * 60_000;
const TOO_MANY = "Too many attempts. Wait a few minutes and try again.";

/**
 * The person with this name and password, or null: the same answer, after the same time, for an unknown name, a wrong
 * password and a deactivated account. Throws TOO_MANY_REQUESTS per name and per address, counted alike for names that
 * do not exist, and by all nodes together.
 */
export async function personByPassword(
  username: string,
  password: string,
  address: string,
): Promise<{ id: string } | null> {
  const name = Username.safeParse(username);
  const word = Password.safeParse(password);
  const { RATE_SIGN_INS_PER_ADDRESS, RATE_SIGN_INS_PER_NAME } = env();
  await spendAsSystem(
    `sign-in:address:${address}`,
    { burst: RATE_SIGN_INS_PER_ADDRESS, perMs: QUARTER_HOUR_MS },
    TOO_MANY,
  );
  if (!name.success || !word.success) return null;
  await spendAsSystem(`sign-in:name:${name.data}`, { burst: RATE_SIGN_INS_PER_NAME, perMs: QUARTER_HOUR_MS }, TOO_MANY);
  const found = await prisma().user.findUnique({ where: { username: name.data } });
  const isRight = await isPassword(word.data, found?.deactivatedAt ? null : (found?.passwordHash ?? null));
  return isRight && found ? { id: found.id } : null;
}

import { newId } from "#shared/ids.ts";
import type { Person, SignUp } from "#shared/people.ts";
import { hashPassword, isPassword } from "../auth/passwords.ts";
import { pool } from "../db/pool.ts";
import { prisma } from "../db/prisma.ts";
import { breaks } from "../db/sqlstate.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";

/**
 * Makes an account and takes its person into the lobby. The first one ever is the admin; the lobby's lock, which comes
 * first as in every verb (R1), is also what keeps two people from both being first.
 * Throws USERNAME_TAKEN.
 */
export async function createAccount(wanted: Omit<SignUp, "password"> & { passwordHash: string }): Promise<Person> {
  const id = newId();
  const name = wanted.displayName || wanted.username;
  try {
    await prisma().$transaction(async (tx) => {
      const [lobby] = await tx.$queryRaw<{ id: string }[]>`select id from room where is_lobby for no key update`;
      const isFirst = (await tx.user.count({ take: 1 })) === 0;
      await tx.user.create({
        data: {
          id,
          username: wanted.username,
          displayName: name,
          passwordHash: wanted.passwordHash,
          role: isFirst ? "admin" : "member",
        },
      });
      // By SQL, without a number: the trigger takes the room's next one.
      if (lobby)
        await tx.$executeRaw`insert into member (room_id, user_id, role) values (${lobby.id}::uuid, ${id}::uuid, 'member')`;
    });
  } catch (error) {
    if (isUsernameTaken(error)) throw new DomainError("USERNAME_TAKEN", "That username is taken. Try another one.");
    throw error;
  }
  return { id, username: wanted.username, name };
}

let hasAny = false;

/** Whether anybody has an account here. It is asked of the database until somebody has: accounts are never removed. */
export async function hasAccounts(): Promise<boolean> {
  hasAny ||= (await pool().query('select 1 from "user" limit 1')).rows.length > 0;
  return hasAny;
}

/** Prisma wraps the constraint's name; where it sits depends on the adapter. */
function isUsernameTaken(error: unknown): boolean {
  if (breaks(error, "user_username_key")) return true;
  const { code, meta } = error as { code?: string; meta?: unknown };
  return code === "P2002" && JSON.stringify(meta).includes("username");
}

/** Another password for somebody who knows the present one; ends every session but this one. WRONG_PASSWORD, INVALID (the same again). */
export async function changePassword(
  { userId, sessionId }: { userId: string; sessionId: string },
  { current, next }: { current: string; next: string },
): Promise<void> {
  const { rows } = await pool().query<{ password_hash: string | null }>(
    'select password_hash from "user" where id = $1',
    [userId],
  );
  const before = rows[0]?.password_hash ?? null;
  if (!(await isPassword(current, before))) throw wrongPassword();
  if (next === current) throw new DomainError("INVALID", "That is the password that you have. Choose another one.");
  const after = await hashPassword(next);
  await inTransaction(async (tx) => {
    // The trigger that ends the sessions spares the one that is named here.
    await tx.query("select set_config('app.session_id', $1, true)", [sessionId]);
    // Only over the one that was proved: of two changes at once, the second did not know the password that it replaces.
    const { rowCount } = await tx.query(
      'update "user" set password_hash = $3 where id = $1 and password_hash = $2 and deactivated_at is null',
      [userId, before, after],
    );
    if (rowCount === 0) throw wrongPassword();
  });
}

function wrongPassword(): DomainError {
  return new DomainError("WRONG_PASSWORD", "That isn't your current password. Try again.");
}

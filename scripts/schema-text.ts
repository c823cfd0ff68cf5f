import type pg from "pg";

/**
 * A schema as text, read from the catalogs: the embedded Postgres brings no pg_dump, and pg_dump's text changes with
 * every version. Sorted by name under one collation, and the same on Postgres 15 to 18; what an extension owns, and
 * Prisma's own table, are left out.
 */
const OURS = `n.nspname = 'public' and not exists (
  select from pg_depend d where d.objid = o.oid and d.deptype = 'e') `;

interface Section {
  title: string;
  /** Returns one column `text`, in order. */
  sql: string;
}

const TABLES = `
  select format(E'create %stable %I (\\n%s\\n)%s;%s',
           case o.relpersistence when 'u' then 'unlogged ' else '' end, o.relname,
           (select string_agg(line, E',\\n' order by rank, name) from (
              select 0 as rank, lpad(a.attnum::text, 5) as name,
                format('  %I %s%s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
                  case when c.oid is not null and a.attcollation <> t.typcollation then format(' collate %I', c.collname) else '' end,
                  case when a.attnotnull then ' not null' else '' end,
                  case when a.attidentity <> '' then ' generated ' || case a.attidentity when 'a' then 'always' else 'by default' end || ' as identity'
                       when a.attgenerated <> '' then ' generated always as (' || pg_get_expr(x.adbin, x.adrelid) || ')'
                       when x.adbin is not null then ' default ' || pg_get_expr(x.adbin, x.adrelid) else '' end) as line
              from pg_attribute a
                join pg_type t on t.oid = a.atttypid
                left join pg_collation c on c.oid = a.attcollation
                left join pg_attrdef x on x.adrelid = a.attrelid and x.adnum = a.attnum
              where a.attrelid = o.oid and a.attnum > 0 and not a.attisdropped
              union all
              -- 'n' is NOT NULL, which Postgres 18 lists as a constraint and 15 does not: it stands with its column.
              select 1, k.conname, format('  constraint %I %s', k.conname, pg_get_constraintdef(k.oid))
              from pg_constraint k where k.conrelid = o.oid and k.contype not in ('n', 't')) lines),
           coalesce(' with (' || array_to_string(o.reloptions, ', ') || ')', ''),
           case when o.relrowsecurity then format(E'\\nalter table %I enable row level security;', o.relname) else '' end ||
           case when o.relforcerowsecurity then format(E'\\nalter table %I force row level security;', o.relname) else '' end
         ) as text
  from pg_class o join pg_namespace n on n.oid = o.relnamespace
  where ${OURS} and o.relkind in ('r', 'p') and o.relname <> '_prisma_migrations'
  order by o.relname collate "C"`;

const SECTIONS: Section[] = [
  {
    title: "Extensions",
    sql: `select format('create extension %I;', extname) as text from pg_extension
          where extname <> 'plpgsql' order by extname collate "C"`,
  },
  {
    title: "Types",
    sql: `select format('create type %I as enum (%s);', o.typname,
                   (select string_agg(quote_literal(enumlabel), ', ' order by enumsortorder) from pg_enum where enumtypid = o.oid)) as text
          from pg_type o join pg_namespace n on n.oid = o.typnamespace
          where ${OURS} and o.typtype = 'e' order by o.typname collate "C"`,
  },
  {
    title: "Sequences",
    sql: `select format('create sequence %I;', o.relname) as text
          from pg_class o join pg_namespace n on n.oid = o.relnamespace
          where ${OURS} and o.relkind = 'S'
            and not exists (select from pg_depend i where i.objid = o.oid and i.deptype = 'i')
          order by o.relname collate "C"`,
  },
  { title: "Tables", sql: TABLES },
  {
    title: "Indexes",
    sql: `select pg_get_indexdef(o.oid) || ';' as text
          from pg_class o join pg_namespace n on n.oid = o.relnamespace join pg_index i on i.indexrelid = o.oid
            join pg_class t on t.oid = i.indrelid
          where ${OURS} and o.relkind in ('i', 'I') and t.relname <> '_prisma_migrations'
            and not exists (select from pg_constraint k where k.conindid = o.oid and k.contype in ('p', 'u', 'x'))
          order by t.relname collate "C", o.relname collate "C"`,
  },
  {
    title: "Views",
    sql: `select format(E'create view %I as\\n%s', o.relname, pg_get_viewdef(o.oid, true)) as text
          from pg_class o join pg_namespace n on n.oid = o.relnamespace
          where ${OURS} and o.relkind in ('v', 'm') order by o.relname collate "C"`,
  },
  {
    title: "Functions",
    sql: `select rtrim(pg_get_functiondef(o.oid), E'\\n') || ';' as text
          from pg_proc o join pg_namespace n on n.oid = o.pronamespace
          where ${OURS} and o.prokind in ('f', 'p')
          order by o.proname collate "C", pg_get_function_identity_arguments(o.oid) collate "C"`,
  },
  {
    title: "Triggers",
    sql: `select pg_get_triggerdef(o.oid, true) || ';' as text
          from pg_trigger o join pg_class t on t.oid = o.tgrelid join pg_namespace n on n.oid = t.relnamespace
          where ${OURS} and not o.tgisinternal order by t.relname collate "C", o.tgname collate "C"`,
  },
  {
    title: "Policies",
    sql: `select format('create policy %I on %I as %s for %s to %s%s%s;', p.policyname, p.tablename, lower(p.permissive), lower(p.cmd),
                   array_to_string(p.roles, ', '), ' using (' || p.qual || ')', ' with check (' || p.with_check || ')') as text
          from pg_policies p where p.schemaname = 'public' order by p.tablename collate "C", p.policyname collate "C"`,
  },
];

const HEAD = `-- What the migrations make of an empty database. Written by \`npm run db:dump\` and held to them by \`npm test\`:
-- for reading and review, never run. Sorted by name.
`;

export async function dumpSchema(client: pg.Client): Promise<string> {
  const parts = [HEAD];
  for (const { title, sql } of SECTIONS) {
    const { rows } = await client.query<{ text: string }>(sql);
    if (rows.length > 0) parts.push(`-- ${title}\n`, ...rows.map(({ text }) => `${text}\n`));
  }
  return parts.join("\n");
}

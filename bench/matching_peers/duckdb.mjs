// duckdb.mjs FILE TRUTH: the same duplicates by hand-written SQL, on two threads.
//
// Six blocking rules, Jaro-Winkler and Damerau-Levenshtein levels with weights set by hand, as a
// good analyst would in an afternoon: keys as columns, blocks above BLOCK_MAX left out (1 January, a
// shelter: whoever is in one is found by another rule), equality joins only. The clock runs from opening
// the CSV to the score of every candidate pair; F1 at its best whole threshold, against all true pairs.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [file, truth, peers] = process.argv.slice(2);
const duckdb = await import(pathToFileURL(createRequire(`${peers}/package.json`).resolve('@duckdb/node-api')).href);
const db = await duckdb.DuckDBInstance.create(':memory:', { threads: '2' });
const sql = await db.connect();
const quote = (text) => `'${text.replaceAll("'", "''")}'`;
const start = process.hrtime.bigint();

await sql.run(`CREATE TABLE p AS SELECT row_number() OVER () AS n, id,
  lower(strip_accents(split_part(coalesce(given_names, ''), ' ', 1))) AS g,
  left(lower(strip_accents(coalesce(initials, ''))), 1) AS i,
  regexp_replace(lower(strip_accents(coalesce(family_name, ''))), '^(van den|van der|van de|van|de|ter|ten) ', '') AS f,
  coalesce(try_cast(birth_date AS DATE), try_strptime(birth_date, '%d-%m-%Y')::DATE) AS d,
  upper(replace(coalesce(postcode, ''), ' ', '')) AS pc,
  regexp_extract(coalesce(house_number, ''), '^[0-9]+') AS h,
  right(regexp_replace(coalesce(phone, ''), '[^0-9]', '', 'g'), 9) AS t
  FROM read_csv(${quote(file)}, all_varchar = true, header = true)`);
const BLOCK_MAX = 100;
const rules = [ // the key, and when there is one
  ["hash(d, left(f, 3))", "d IS NOT NULL AND f <> ''"],
  ["hash(d, g)", "d IS NOT NULL AND g <> ''"],
  ["hash(pc, h, i)", "pc <> ''"],
  ["hash(t, i)", "t <> ''"],
  ["hash(g, f, year(d))", "d IS NOT NULL AND f <> ''"],
  ["hash(pc, f, i)", "pc <> ''"],
];
for (const [i, [key, when]] of rules.entries())
  await sql.run(`CREATE TABLE k${i} AS SELECT n, ${key} AS k FROM p WHERE ${when}
    QUALIFY count(*) OVER (PARTITION BY k) BETWEEN 2 AND ${BLOCK_MAX}`);
await sql.run(`CREATE TABLE c AS ${rules.map((_, i) =>
  `SELECT a.n AS l, b.n AS r FROM k${i} a JOIN k${i} b ON a.k = b.k AND a.n < b.n`).join(' UNION ')}`);
await sql.run(`CREATE TABLE s AS SELECT c.l, c.r,
  CASE WHEN a.g = '' OR b.g = '' THEN 0 WHEN a.g = b.g THEN 3
       WHEN length(a.g) <= 2 OR length(b.g) <= 2 THEN if(a.i = b.i, 1, -3)
       WHEN a.g = b.f AND a.f = b.g THEN 5
       WHEN jaro_winkler_similarity(a.g, b.g) > 0.88 THEN 2
       WHEN jaro_winkler_similarity(a.g, b.g) > 0.75 THEN 0 ELSE -4 END
  + CASE WHEN a.f = '' OR b.f = '' THEN 0 WHEN a.f = b.f THEN 4
       WHEN a.g = b.f AND a.f = b.g THEN 3
       WHEN jaro_winkler_similarity(a.f, b.f) > 0.9 THEN 3
       WHEN contains(a.f, b.f) OR contains(b.f, a.f) THEN 1
       WHEN jaro_winkler_similarity(a.f, b.f) > 0.8 THEN 0 ELSE -3 END
  + CASE WHEN a.d IS NULL OR b.d IS NULL THEN 0 WHEN a.d = b.d THEN 5
       WHEN damerau_levenshtein(strftime(a.d, '%Y%m%d'), strftime(b.d, '%Y%m%d')) <= 1 THEN 3
       WHEN year(a.d) = year(b.d) AND (month(a.d) = day(b.d) OR strftime(a.d, '%m%d') = '0101'
         OR strftime(b.d, '%m%d') = '0101') THEN 2 ELSE -5 END
  + CASE WHEN a.pc = '' OR b.pc = '' THEN 0 WHEN a.pc = b.pc AND a.h = b.h THEN 3
       WHEN a.pc = b.pc THEN 1 ELSE -1 END
  + CASE WHEN a.t = '' OR b.t = '' THEN 0 WHEN a.t = b.t THEN 3
       WHEN damerau_levenshtein(a.t, b.t) <= 1 THEN 2 ELSE -1 END AS score
  FROM c JOIN p a ON a.n = c.l JOIN p b ON b.n = c.r`);
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
const rss = process.resourceUsage().maxRSS / 1024;

await sql.run(`CREATE TABLE t AS SELECT least(a.n, b.n) AS l, greatest(a.n, b.n) AS r
  FROM read_csv(${quote(truth)}, all_varchar = true, header = true) x
  JOIN p a ON a.id = x.left_id JOIN p b ON b.id = x.right_id`);
const rows = await (await sql.runAndReadAll(`SELECT score, count(*)::DOUBLE AS given,
  count(t.l)::DOUBLE AS hit FROM s LEFT JOIN t ON t.l = s.l AND t.r = s.r
  GROUP BY 1 ORDER BY 1 DESC`)).getRows();
const all = Number((await (await sql.runAndReadAll('SELECT count(*)::DOUBLE FROM t')).getRows())[0][0]);
const records = Number((await (await sql.runAndReadAll('SELECT count(*)::DOUBLE FROM p')).getRows())[0][0]);
const pairs = Number((await (await sql.runAndReadAll('SELECT count(*)::DOUBLE FROM c')).getRows())[0][0]);
let given = 0, hit = 0, best = { f1: 0 };
for (const [, g, h] of rows) {
  given += g;
  hit += h;
  const precision = hit / given, recall = hit / all, f1 = (2 * precision * recall) / (precision + recall || 1);
  if (f1 > best.f1) best = { precision, recall, f1 };
}
console.log(JSON.stringify({ records, pairs, seconds, rss_mib: rss, ...best }));

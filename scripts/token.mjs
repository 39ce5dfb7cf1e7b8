import { parseArgs } from 'node:util';
import { setUp } from './lib/set-up.mjs';

const USAGE = `Prints a bearer token, signed with the local key of the data folder (LEDGER_DATA_DIR, default .data).
The ledger need not be running.

  npm run --silent token -- --role <role> [--email <email>] [--domain <domain>] [--subject <name>] [--expires <span>]

  --role     customer, helpdesk, billing, finance, support, service or admin
  --email    whose licenses a customer sees (needed for a customer)
  --domain   which instance a helpdesk is (needed for a helpdesk)
  --subject  who it is, for the audit; the email, domain or role where not given
  --expires  for how long: a number with s, m, h, d, w or y (default 30d)`;

async function main() {
  const options = Object.fromEntries(
    ['role', 'email', 'domain', 'subject', 'expires'].map((name) => [name, { type: 'string' }]),
  );
  const { values } = parseArgs({ options: { ...options, help: { type: 'boolean', short: 'h' } } });
  if (values.help) return console.log(USAGE);
  if (!values.role) throw new Error(`--role is missing.\n\n${USAGE}`);
  if (process.env.AUTH_JWKS_URL) {
    console.error('AUTH_JWKS_URL is set: a ledger with this environment takes tokens of that identity provider only.');
  }
  await setUp();
  const { issueLocalToken } = await import('../dist/libs/auth/src/tokens/issue-local-token.js');
  const { expires: expiresIn, ...who } = values;
  console.log(await issueLocalToken(process.env.LEDGER_DATA_DIR || '.data', { ...who, expiresIn }));
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});

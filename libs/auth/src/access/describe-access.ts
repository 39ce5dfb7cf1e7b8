import type { OpenAPIObject } from '@nestjs/swagger';
import { access } from './access.js';
import type { AccessTable, Allowed } from './access-table.js';

const methods = ['get', 'put', 'post', 'delete', 'patch'] as const;
const owned: Readonly<Record<string, string>> = {
  customer: 'customer (its own licenses)',
  helpdesk: 'helpdesk (its own domain)',
};

/** Says in the interface's description who may call each route: in words, and as `x-roles` for programs. */
export function describeAccess(document: OpenAPIObject, table: AccessTable = access): void {
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of methods) {
      const operation = item[method];
      const allowed = table[`${method.toUpperCase()} ${path}`];
      if (operation === undefined || allowed === undefined) continue;
      const sentences = [operation.description ?? '', inWords(allowed)];
      operation.description = sentences.filter((sentence) => sentence !== '').join('\n\n');
      operation.security = allowed === 'everyone' ? [] : [{ bearer: [] }];
      Object.assign(operation, { 'x-roles': allowed === 'everyone' ? [] : [...allowed, 'admin'] });
    }
  }
}

function inWords(allowed: Allowed): string {
  if (allowed === 'everyone') return 'Needs no token.';
  return `Roles: ${[...allowed.map((role) => owned[role] ?? role), 'admin'].join(', ')}.`;
}

import { SetMetadata } from '@nestjs/common';
import type { Role } from '../principal.js';

export const ALLOWED_ROLES = 'auth:allowed-roles';

/**
 * The roles that may call the route or controller; the route's own list replaces the controller's. An admin may call
 * every route, and a route that names nobody is open to admins alone.
 */
export const Allow = (...roles: readonly Role[]): ClassDecorator & MethodDecorator => SetMetadata(ALLOWED_ROLES, roles);

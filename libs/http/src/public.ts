import { SetMetadata } from '@nestjs/common';

/** What a guard finds on a route that needs no token. */
export const PUBLIC_ROUTE = 'http:public-route';

/** Lets everybody call the route or controller, without a token. */
export const Public = (): ClassDecorator & MethodDecorator => SetMetadata(PUBLIC_ROUTE, true);

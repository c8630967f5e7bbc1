import { Router } from 'express';

import { resetRoutes } from '../accounts/reset-routes.ts';
import { verifyRoutes } from '../accounts/verify-routes.ts';
import { callbackRoute } from '../connected-accounts/callback-route.ts';
import { connectRoutes } from '../connected-accounts/connect-routes.ts';
import type { OutsideFlows } from '../identity-providers/outside-flow.ts';
import { showError } from '../interactions/show-error.ts';
import type { SignInServices } from '../interactions/sign-in-services.ts';
import { interactionRoutes } from './interaction-routes.ts';

/** Every page of ours below `/oidc`; what is none of them goes on to the identity provider. */
export function signInPages(services: SignInServices, flows: OutsideFlows): Router {
  const router = Router();
  router.use('/interaction', interactionRoutes(services, flows));
  router.use(resetRoutes(services));
  router.use(verifyRoutes(services));
  router.use(callbackRoute(services, flows));
  router.use(connectRoutes(services, flows));
  router.use(showError(services.log));
  return router;
}

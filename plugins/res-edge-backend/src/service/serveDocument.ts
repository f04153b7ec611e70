import { HttpRouterService } from '@backstage/backend-plugin-api';
import { openapiDocument } from '@res-edge/backstage-plugin-res-edge-common';
import { Router } from 'express';
import { API_PAGE_POLICY, renderApiPage } from './renderApiPage';

const PATHS = ['/v1/openapi.json', '/v1/docs'] as const;

/**
 * Serves the API's document and a page of it. Nobody has to sign in for them: they say what every installation of this
 * version can do, and nothing of this one.
 *
 * @internal
 */
export function serveDocument(httpRouter: HttpRouterService): void {
  for (const path of PATHS) {
    httpRouter.addAuthPolicy({ path, allow: 'unauthenticated' });
  }
  httpRouter.use(createDocumentRouter());
}

/** The routes alone. @internal */
export function createDocumentRouter(): Router {
  const router = Router();
  const [json, docs] = PATHS;
  const page = renderApiPage(openapiDocument);
  router.get(json, (_, response) => {
    response.json(openapiDocument);
  });
  router.get(docs, (_, response) => {
    response
      .set('Content-Security-Policy', API_PAGE_POLICY)
      .type('html')
      .send(page);
  });
  return router;
}

import { dirname } from 'node:path';
import type { Express, RequestHandler } from 'express';

/** Files of swagger-ui-dist that the page loads; nothing else of the package is served. */
const files = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Quayside API</title>
    <link rel="icon" type="image/png" href="/docs/favicon-32x32.png" />
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

// In a file of its own: the policy below allows no script in the page.
const start = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  // The default sends the document to a validator on the internet.
  validatorUrl: null,
});
`;

// Everything from here, nothing from elsewhere, nothing inline. Swagger UI shows images as data URLs.
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const docsHeaders: RequestHandler = (_request, response, next) => {
  response.setHeader('Content-Security-Policy', policy);
  response.setHeader('Cache-Control', 'public, max-age=3600');
  next();
};

/** The documentation page at /docs, read from /openapi.json. Public, like the document. */
export function mountDocs(app: Express): void {
  const root = dirname(require.resolve('swagger-ui-dist/package.json'));
  app.use('/docs', docsHeaders);
  app.get('/docs', (_request, response) => void response.type('html').send(page));
  app.get('/docs/start.js', (_request, response) => void response.type('js').send(start));
  for (const file of files) {
    app.get(`/docs/${file}`, (_request, response) =>
      response.sendFile(file, { root, cacheControl: false }),
    );
  }
}

/** `/`: a person is shown the documentation, a program is told where things are. */
export function mountEntrance(app: Express): void {
  app.get('/', (request, response) => {
    response.vary('Accept');
    if (request.accepts(['json', 'html']) === 'html') {
      response.redirect('/docs');
      return;
    }
    response.json({
      name: 'Quayside',
      docs: '/docs',
      openapi: '/openapi.json',
      api: '/api/v1',
      keys: '/.well-known/jwks.json',
    });
  });
}

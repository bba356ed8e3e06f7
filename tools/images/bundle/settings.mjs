// What the image bundler must know of single packages. Everything else it finds out, and it fails when it finds
// something that is not said here.

/** Left outside the bundle and copied beside it: name of the package to the files of it that are needed (all: '*'). */
export const copiedPackages = {
  // Native code: one file per platform, in packages of their own.
  '@node-rs/argon2': '*',
  // Served to browsers by apps/gateway/src/http/docs.ts, not run.
  'swagger-ui-dist': ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'],
};

/** May stay outside without being there: `require`d within a `try`, or only by code that we do not use. */
export const absentPackages = {
  'pg-native': 'only for `pg.native`',
  'supports-color': 'colours that `debug` prints to a terminal',
};

/** Bundled packages that read files of their own, and these files or folders. */
export const ownFiles = {
  '@grpc/grpc-js': ['proto'],
  '@grpc/reflection': ['build/proto/grpc'],
  'grpc-health-check': ['proto'],
};

/** Bundled packages that speak of their own folder or of resolving packages, and why that does no harm. */
export const harmless = {
  'import-in-the-middle': 'in a comment',
  'require-in-the-middle': 'asks about packages outside the bundle only',
  pino: 'starts worker threads for transports; our logger writes to stdout itself',
  'thread-stream': 'the worker threads of pino',
};

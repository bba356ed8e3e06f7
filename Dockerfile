# One Dockerfile for every app:   docker build --build-arg APP=payments --target prod .      (npm run images: all of them)
#
#   dev    the bundle with its packages beside it, restarted when a file in /app changes (Skaffold copies files there)
#   prod   one bundle, no shell, no package manager; `main.js` serves, `main.js migrate` and `main.js topics` are jobs
#
# Why the packages are inside the bundle, and all sizes: docs/adr/0005-images.md. Needs BuildKit.

# Base images. The digests are those of the tags as other public repositories pin them; Renovate brings newer ones.
ARG NODE_IMAGE=node:24.19.0-trixie-slim@sha256:0711b541c1c33a8a530ac4f0d391baa9a15b3d804695b1b24a47daa5fb60e74d
ARG PROD_IMAGE=gcr.io/distroless/nodejs24-debian13:nonroot@sha256:774b7d020b24214835769e24c3544835526cd0288f0b094eae48e8b2c2429a79

# What is installed depends on the production dependencies alone: a new test tool leaves every layer below as it is.
FROM ${NODE_IMAGE} AS manifest
WORKDIR /src
COPY package.json package-lock.json ./
COPY tools/images/manifest.mjs ./tools/images/
RUN ["node", "tools/images/manifest.mjs", "/manifest"]

FROM ${NODE_IMAGE} AS sources
WORKDIR /src
COPY --from=manifest /manifest/ ./
# No package needs its install script: native code comes ready-made.
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.base.json ./
COPY tools/build/ ./tools/build/
COPY tools/images/bundle/ ./tools/images/bundle/
COPY libs/ ./libs/
# The first line that differs between apps.
ARG APP
COPY apps/${APP}/ ./apps/${APP}/
RUN : "${APP:?is not set. An image is of one app: --build-arg APP=payments}"

FROM sources AS bundle
RUN node tools/build/bundle.mjs "apps/${APP}"

FROM sources AS image
RUN node tools/images/bundle/main.mjs "apps/${APP}" /image

FROM ${NODE_IMAGE} AS dev
WORKDIR /app
# Files are replaced in the running container, so the folder belongs to its user too.
RUN chown 65532:65532 /app
COPY --from=sources /src/node_modules/ ./node_modules/
ARG APP
COPY --from=bundle --chown=65532:65532 /src/dist/apps/${APP}/ ./
COPY tools/images/restart-on-change.mjs tools/images/hold-listening.cjs /opt/
# What was compiled once is not compiled again when the program is started anew: about half of its start.
ENV NODE_ENV=development \
    NODE_COMPILE_CACHE=/tmp/node-compile-cache
USER 65532:65532
EXPOSE 8080 9090 9464
ENTRYPOINT ["node"]
CMD ["/opt/restart-on-change.mjs", "--enable-source-maps", "main.js"]

FROM ${PROD_IMAGE} AS prod
WORKDIR /app
COPY --from=image /image/ ./
# The path of node in distroless images, and of those that could take their place.
ENV PATH=/nodejs/bin:/usr/local/bin:/usr/bin:/bin \
    NODE_ENV=production \
    NODE_OPTIONS=--enable-source-maps
USER 65532:65532
EXPOSE 8080 9090 9464
ENTRYPOINT ["node"]
CMD ["main.js"]
ARG APP
ARG VERSION=0.0.0
ARG REVISION=unknown
ARG SOURCE=https://github.com/quayside/quayside
LABEL org.opencontainers.image.title="${APP}" \
      org.opencontainers.image.description="Quayside, a sample microservices system: ${APP}" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.licenses="MIT"

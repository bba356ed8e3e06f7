# The journeys as an image, for `skaffold verify` and for Jobs: one bundle (`npx nx build e2e`), nothing else.
# The base of the production images (Dockerfile).
ARG PROD_IMAGE=gcr.io/distroless/nodejs24-debian13:nonroot@sha256:774b7d020b24214835769e24c3544835526cd0288f0b094eae48e8b2c2429a79
FROM ${PROD_IMAGE}
WORKDIR /app
COPY dist/e2e/smoke.js ./
ENV PATH=/nodejs/bin:/usr/local/bin:/usr/bin:/bin
USER 65532:65532
ENTRYPOINT ["node"]
CMD ["smoke.js"]

/**
 * What is instrumented, by the names of @opentelemetry/auto-instrumentations-node. In a file of its own without
 * imports: the build of the images reads it, and leaves every other instrumentation out.
 */
export const enabledInstrumentations = ['http', 'express', 'grpc', 'pg', 'kafkajs'] as const;

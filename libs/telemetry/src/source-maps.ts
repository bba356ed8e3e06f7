const wanted = process.sourceMapsEnabled;

/**
 * Reads no further source maps until `resumeSourceMaps`. Under `--enable-source-maps` Node reads the map of every
 * package as it is required, 15 MiB a process (measured), for stack traces into code that is not ours. Our own bundle
 * was read before its first line ran.
 */
export const pauseSourceMaps = (): void => process.setSourceMapsEnabled(false);

/** Stack traces name our source files again, if the process was started with `--enable-source-maps`. */
export const resumeSourceMaps = (): void => process.setSourceMapsEnabled(wanted);

/** Lets a loop sleep until something is to be done. */
export interface Waker {
  /** Ends the current sleep, or the next one before it begins. */
  wake(): void;
  /** Resolves after `ms` or at the next wake. */
  sleep(ms: number): Promise<void>;
}

/** A wake between two sleeps is not lost. */
export function createWaker(): Waker {
  let awake = false;
  let end: (() => void) | undefined;
  return {
    wake() {
      awake = true;
      end?.();
    },
    async sleep(ms) {
      if (!awake) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          end = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        end = undefined;
      }
      awake = false;
    },
  };
}

import { lockFolder } from '../src/log/lock';

/** Tries to lock each folder it is sent, and says whether it could. */
process.on('message', (folder: string) => {
  let isMine = true;
  try {
    lockFolder(folder);
  } catch {
    isMine = false;
  }
  process.send?.(isMine);
});
process.send?.('ready');

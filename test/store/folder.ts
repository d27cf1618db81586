import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where thousands of commits take no time: in memory, where that can be had. */
export const quickPlace = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** An empty folder, and what removes it. */
export function makeFolder(): { path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'lastseen-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) };
}

/** What each file holds, but for SQLite's index of the log, which any reader may make. The folder is not in use: reading a file of SQLite ends the locks that this process has on it. */
export function fingerprintsOf(folder: string): Record<string, string> {
  const names = readdirSync(folder).filter((name) => !name.endsWith('-shm'));
  return Object.fromEntries(
    names.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]),
  );
}

/** A copy of a folder that is in use: what is there after a crash. By another process, for the sake of the locks. */
export function copyInUse(from: string, to: string): void {
  execFileSync('cp', ['-r', `${from}/.`, to]);
}

/** A small file system of its own. */
export function mountSmall(sizeKib: number) {
  const folder = makeFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeKib}k`, 'tmpfs', folder.path]);
  const remount = (option: string) => execFileSync('mount', ['-o', `remount,${option}`, folder.path]);
  return {
    path: folder.path,
    remount,
    resize: (kib: number) => remount(`size=${kib}k`),
    /** Leaves no room at all. */
    fill() {
      spawnSync('dd', ['if=/dev/zero', `of=${join(folder.path, 'ballast')}`, 'bs=1k']);
    },
    [Symbol.dispose]() {
      execFileSync('umount', ['-l', folder.path]);
      folder[Symbol.dispose]();
    },
  };
}

/** Whether this machine and user can mount. */
export function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  using folder = makeFolder();
  if (spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', folder.path]).status !== 0) return false;
  return spawnSync('umount', [folder.path]).status === 0;
}

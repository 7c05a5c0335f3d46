import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * Stands between SQLite and the kernel: notes every fsync and fdatasync, and lets those of one file fail as a dying
 * disk would, while a flag file exists.
 */
const source = `
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int watch(int fd, const char *name) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) length = 0;
  path[length] = 0;
  const char *slash = strrchr(path, '/');
  const char *file = slash ? slash + 1 : path;
  const char *log = getenv("KESHER_SYNC_LOG");
  const char *flag = getenv("KESHER_SYNC_FLAG");
  const char *victim = getenv("KESHER_SYNC_VICTIM");
  if (log) {
    int out = open(log, O_WRONLY | O_CREAT | O_APPEND, 0644);
    if (out >= 0) { dprintf(out, "%s\\n", file); close(out); }
  }
  if (flag && victim && strcmp(file, victim) == 0 && access(flag, F_OK) == 0) { errno = EIO; return -1; }
  return ((int (*)(int))dlsym(RTLD_NEXT, name))(fd);
}
int fsync(int fd) { return watch(fd, "fsync"); }
int fdatasync(int fd) { return watch(fd, "fdatasync"); }
`;

export const hasCompiler = (() => {
  try {
    execFileSync('cc', ['--version'], { stdio: 'ignore' });
    return process.platform === 'linux';
  } catch {
    return false;
  }
})();

export class SyncShim {
  readonly env: Record<string, string>;
  readonly #log: string;
  readonly #flag: string;

  /** @param victim the file whose syncs fail after `betray()` */
  constructor(folder: string, victim: string) {
    const [code, library] = [join(folder, 'sync-shim.c'), join(folder, 'sync-shim.so')];
    writeFileSync(code, source);
    execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, code, '-ldl']);
    this.#log = join(folder, 'syncs');
    this.#flag = join(folder, 'betrayal');
    this.env = { LD_PRELOAD: library, KESHER_SYNC_LOG: this.#log, KESHER_SYNC_FLAG: this.#flag, KESHER_SYNC_VICTIM: victim };
  }

  betray(): void {
    writeFileSync(this.#flag, '');
  }

  relent(): void {
    rmSync(this.#flag);
  }

  /** How many syncs of that file the kernel was asked for. */
  count(file: string): number {
    if (!existsSync(this.#log)) return 0;
    return readFileSync(this.#log, 'utf8')
      .split('\n')
      .filter((line) => line === file).length;
  }
}

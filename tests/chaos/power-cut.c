/*
 * Preloaded into the server: remembers what a power cut would leave of the database.
 *
 * After every fsync or fdatasync that succeeded on kesher.db or kesher.db-wal, the file as it stands is copied to
 * <file>.synced, under another name first, so that the copy is whole or the one before. The calling thread is the only
 * one that writes these files and it is still inside the call, so the copy holds exactly what the disk has promised to keep.
 *
 * What lies between two syncs (written, truncated, deleted) is not seen here: power-cut.ts decides what survives of it.
 * A file is copied through the descriptor it was synced by: opening it once more and closing that would drop all of the
 * process's locks on it.
 *
 * The disk is a slow one: a sync takes up to SLOW_SYNC_MS longer, so that there is a moment to kill in.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static pthread_mutex_t copying = PTHREAD_MUTEX_INITIALIZER;

/* A simulation that cannot copy would report losses that never happened. */
static void give_up(const char *what) {
  fprintf(stderr, "power-cut: %s: %s\n", what, strerror(errno));
  abort();
}

static int find_database(int fd, char path[PATH_MAX]) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) return 0;
  path[length] = '\0';
  const char *slash = strrchr(path, '/');
  const char *name = slash ? slash + 1 : path;
  return strcmp(name, "kesher.db") == 0 || strcmp(name, "kesher.db-wal") == 0;
}

static void copy_to(int from, const char *path) {
  static char buffer[1 << 16];
  int to = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (to < 0) give_up(path);
  off_t at = 0;
  for (;;) {
    ssize_t got = pread(from, buffer, sizeof buffer, at);
    if (got < 0) give_up("read");
    if (got == 0) break;
    if (write(to, buffer, got) != got) give_up("write");
    at += got;
  }
  close(to);
}

static void keep(int fd, const char *path) {
  char copy[PATH_MAX + 16], next[PATH_MAX + 16];
  snprintf(copy, sizeof copy, "%s.synced", path);
  snprintf(next, sizeof next, "%s.synced-next", path);
  pthread_mutex_lock(&copying);
  copy_to(fd, next);
  if (rename(next, copy) != 0) give_up(copy);
  pthread_mutex_unlock(&copying);
}

static void be_slow(void) {
  const char *most = getenv("SLOW_SYNC_MS");
  if (most) usleep((useconds_t)(drand48() * atof(most) * 1000));
}

static int sync_and_keep(const char *name, int fd) {
  char path[PATH_MAX];
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
  if (!find_database(fd, path)) return real(fd);
  be_slow();
  int result = real(fd);
  if (result == 0) keep(fd, path);
  return result;
}

int fsync(int fd) { return sync_and_keep("fsync", fd); }
int fdatasync(int fd) { return sync_and_keep("fdatasync", fd); }

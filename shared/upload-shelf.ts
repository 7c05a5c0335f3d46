/** A chosen file as the browser keeps it until its message is stored, so that a change of page does not lose it. */
export interface ShelvedFile<Content> {
  key: string;
  content: Content;
  /** When it was put there, milliseconds. */
  at: number;
  /** What the server calls it, since when. */
  uploaded?: { id: string; at: number };
}

export interface UploadShelf<Content> {
  /** False if it is held by this page only. */
  put(file: ShelvedFile<Content>): Promise<boolean>;
  get(key: string): Promise<ShelvedFile<Content> | undefined>;
  remove(key: string): Promise<void>;
  list(): Promise<ShelvedFile<Content>[]>;
}

interface Asked<Result> {
  readonly result: Result;
  onsuccess: unknown;
  onerror: unknown;
}

interface Store {
  put(value: unknown, key: string): Asked<unknown>;
  get(key: string): Asked<unknown>;
  delete(key: string): Asked<unknown>;
  getAll(): Asked<unknown[]>;
}

/** The part of IndexedDB that a shelf needs. */
export interface IndexedDb {
  open(
    name: string,
    version: number,
  ): Asked<{
    createObjectStore(name: string): unknown;
    transaction(name: string, mode: 'readwrite'): { objectStore(name: string): Store };
  }> & { onupgradeneeded: unknown };
}

/** In IndexedDB, and whatever that does not take (full, forbidden, missing) in memory. `scope` keeps apart what must not mix. */
export function openShelf<Content>(indexedDb: IndexedDb | undefined, scope: string): UploadShelf<Content> {
  const held = new Map<string, ShelvedFile<Content>>();

  async function store(): Promise<Store> {
    if (!indexedDb) throw new Error('There is no IndexedDB here.');
    const request = indexedDb.open(`kesher:files:${scope}`, 1);
    request.onupgradeneeded = () => request.result.createObjectStore('files');
    return (await settled(request)).transaction('files', 'readwrite').objectStore('files');
  }
  /** A transaction ends by itself with the turn of the event loop, so each question opens its own. */
  async function run<Result>(ask: (files: Store) => Asked<Result>): Promise<Result> {
    return settled(ask(await store()));
  }

  return {
    put: (file) =>
      run((files) => files.put(file, file.key)).then(
        () => {
          held.delete(file.key);
          return true;
        },
        () => {
          held.set(file.key, file);
          return false;
        },
      ),
    get: async (key) =>
      held.get(key) ?? ((await run((files) => files.get(key)).catch(() => undefined)) as ShelvedFile<Content> | undefined),
    async remove(key) {
      held.delete(key);
      await run((files) => files.delete(key)).catch(() => undefined);
    },
    list: async () => [...held.values(), ...((await run((files) => files.getAll()).catch(() => [])) as ShelvedFile<Content>[])],
  };
}

function settled<Result>(request: Asked<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = reject;
  });
}

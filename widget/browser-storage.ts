import type { KeyValueStore } from '../shared/outbox.ts';

/**
 * Several stores that behave as one which never refuses: what the first cannot hold (storage full, blocked by the
 * browser's settings) goes to the next, the last one being memory. So a visitor can always write to us; how long a
 * message that could not be sent is remembered depends on the layer that took it.
 */
export function layeredStorage(layers: readonly KeyValueStore[]): KeyValueStore {
  const all = [...layers, memoryStorage()];
  return {
    get length() {
      return all.reduce((sum, layer) => sum + layer.length, 0);
    },
    // No key is in two layers, so their lists follow one another.
    key(index) {
      let rest = index;
      for (const layer of all) {
        if (rest < layer.length) return layer.key(rest);
        rest -= layer.length;
      }
      return null;
    },
    getItem(key) {
      for (const layer of all) {
        const value = layer.getItem(key);
        if (value !== null) return value;
      }
      return null;
    },
    setItem(key, value) {
      let isKept = false;
      for (const layer of all) {
        // A store that refuses the new value must not keep an older one in front of it.
        if (isKept || !accepts(layer, key, value)) layer.removeItem(key);
        else isKept = true;
      }
    },
    removeItem(key) {
      for (const layer of all) layer.removeItem(key);
    },
  };
}

export function memoryStorage(): KeyValueStore {
  const entries = new Map<string, string>();
  return {
    get length() {
      return entries.size;
    },
    key: (index) => [...entries.keys()][index] ?? null,
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: (key) => void entries.delete(key),
  };
}

/** The browser's own storage, or nothing where the browser forbids it (merely naming it may throw). */
export function browserStorage(name: 'localStorage' | 'sessionStorage'): KeyValueStore[] {
  try {
    const storage = window[name];
    return storage ? [storage] : [];
  } catch {
    return [];
  }
}

function accepts(layer: KeyValueStore, key: string, value: string): boolean {
  try {
    layer.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

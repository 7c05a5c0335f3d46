import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const readJson = (name: string) => JSON.parse(readFileSync(join(import.meta.dirname, '..', name), 'utf8'));

interface LockedPackage {
  version: string;
  resolved?: string;
  integrity?: string;
  hasInstallScript?: boolean;
}

describe('someone who installs Kesher', () => {
  const { dependencies, devDependencies, allowScripts } = readJson('package.json');
  const locked = Object.entries<LockedPackage>(readJson('package-lock.json').packages).filter(([path]) => path !== '');

  it('gets exactly the versions that were tested', () => {
    // An alias says of which package it is the version: `npm:typescript@5.9.3`.
    const versions = Object.entries<string>({ ...dependencies, ...devDependencies }).map(
      ([name, version]) => [name, version.replace(/^npm:[\w@/-]+@/, '')] as const,
    );
    const loose = versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version)));
    expect(loose).toEqual([]);
    for (const [name, version] of versions) {
      expect(locked.find(([path]) => path === `node_modules/${name}`)?.[1].version, name).toBe(version);
    }
  });

  it('gets them from the registry of their own choice, and unchanged', () => {
    expect(locked.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
    expect(locked.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path)).toEqual([]);
  });

  it('runs the install scripts of known packages only', () => {
    const names = locked.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path.replace(/^.*node_modules\//, ''));
    expect(names.sort()).toEqual(Object.keys(allowScripts).sort());
  });
});

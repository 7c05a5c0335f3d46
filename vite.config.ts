import { join } from 'node:path';
import type { Plugin, Rolldown } from 'vite';
import type { TestProjectConfiguration, ViteUserConfig } from 'vitest/config';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/helpers/longest-first.ts';

const root = import.meta.dirname;

/** Nothing of ours is preloaded, so what Vite wraps around each `import()` for it (0.8 kB in all) is left away. */
const bareImports: Plugin = {
  name: 'bare-imports',
  configResolved({ plugins }) {
    const wrappers = plugins.filter(({ name }) => /build-import-analysis|import-analysis-build/.test(name));
    if (wrappers.length === 0) throw new Error('Vite has renamed what wraps imports.');
    for (const wrapper of wrappers) (plugins as Plugin[]).splice(plugins.indexOf(wrapper), 1);
  },
};

/** JSX as calls of what Preact has anyway: the runtime of the automatic way, and its name for children, are left away. */
const classicJsx: Plugin = {
  name: 'classic-jsx',
  enforce: 'pre',
  config: () => ({ oxc: { jsx: { runtime: 'classic', pragma: 'h', pragmaFrag: 'Fragment' } } }),
  transform: { filter: { id: /\.tsx$/ }, handler: (code) => `import { Fragment, h } from 'preact';${code}` },
};
const postgres = join(root, 'tests/helpers/postgres.ts');
const furnishedHouse = join(root, 'tests/helpers/furnished-house.ts');

/** By itself, because what it would share with the application would have to be fetched with the application. */
function watchingPart(name: string): ViteUserConfig {
  return {
    publicDir: false,
    build: {
      target: 'es2020',
      cssTarget: ['chrome111', 'safari16.4', 'firefox114'],
      outDir: join(root, 'dist/widget'),
      emptyOutDir: false,
      assetsDir: '',
      modulePreload: false,
      rolldownOptions: {
        input: { [name]: join(root, `widget/${name}.ts`) },
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: '[name]-[hash].js', codeSplitting: false },
      },
    },
  };
}

type Modules = Pick<Rolldown.PluginContext, 'getModuleInfo'>;
const ofFile = new Set<string>();

/** Whether a module is needed to show a customer's file beside a chat: what these two fetch, and what that imports. */
function isOfFile(id: string, modules: Modules): boolean {
  const take = (one: string) => {
    if (ofFile.has(one)) return;
    ofFile.add(one);
    for (const imported of modules.getModuleInfo(one)?.importedIds ?? []) take(imported);
  };
  if (ofFile.size === 0) {
    for (const from of ['file-panel', 'file-sections'])
      for (const fetched of modules.getModuleInfo(join(root, `console/conversations/${from}.tsx`))?.dynamicallyImportedIds ?? [])
        take(fetched);
  }
  return ofFile.has(id);
}

/** What a browser gets from us. `.ci/build.mjs` builds them in order: the loader holds the hashed name of the widget. */
const builds: Record<string, ViteUserConfig> = {
  loader: {
    publicDir: false,
    build: {
      target: 'es2020',
      cssTarget: ['chrome111', 'safari16.4', 'firefox114'],
      outDir: join(root, 'dist/widget'),
      emptyOutDir: false,
      rolldownOptions: {
        input: join(root, 'widget/loader.ts'),
        output: { format: 'iife', entryFileNames: 'widget.js', codeSplitting: false },
      },
    },
  },
  // The page in the console's preview, which loads the loader as any site does. Apart, so that visitors carry nothing of it.
  preview: {
    publicDir: false,
    build: {
      outDir: join(root, 'dist/widget'),
      emptyOutDir: false,
      rolldownOptions: {
        input: join(root, 'widget/preview.ts'),
        output: { format: 'iife', entryFileNames: 'preview.js', codeSplitting: false },
      },
    },
  },
  invitations: watchingPart('invitations'),
  'site-presence': watchingPart('site-presence'),
  widget: {
    // Chunks find each other beside themselves, because the page they run in belongs to somebody else's site.
    base: './',
    publicDir: false,
    plugins: [bareImports, classicJsx],
    build: {
      // Older browsers understand the same rules; for them only `light-dark()`, which is not used, would be prepared.
      cssTarget: ['chrome123', 'safari17.5', 'firefox120'],
      outDir: join(root, 'dist/widget'),
      emptyOutDir: true,
      assetsDir: '',
      modulePreload: false,
      cssCodeSplit: false,
      rolldownOptions: {
        input: { app: join(root, 'widget/main.tsx') },
        preserveEntrySignatures: 'allow-extension',
        output: {
          // One chunk with all that the application imports: what lazy parts share with it costs no request of its own.
          codeSplitting: {
            groups: [
              { name: 'app', test: /widget.main\.tsx$/, priority: 1 },
              // What is too small for a request of its own.
              { name: 'page-form', test: /(page-form|email-shape)\.tsx?$/ },
            ],
          },
          entryFileNames: '[name]-[hash].js',
          chunkFileNames: '[name]-[hash].js',
          assetFileNames: '[name]-[hash][extname]',
        },
      },
    },
  },
  console: {
    root: join(root, 'console'),
    base: '/console/',
    publicDir: false,
    build: {
      outDir: join(root, 'dist/console'),
      emptyOutDir: true,
      modulePreload: { polyfill: false },
      // The console's content security policy allows no data: addresses.
      assetsInlineLimit: 0,
      // Left to itself each module that two pages share is a file of its own: a customer's file came in eighty.
      rolldownOptions: {
        // Documents are late on the pages of tickets and opportunities, and at once in a customer's file, which is late itself.
        checks: { ineffectiveDynamicImport: false },
        output: {
          codeSplitting: {
            groups: [
              { name: 'first', tags: ['$initial'], priority: 3 },
              { name: 'schemas', test: /node_modules.zod|[\\/]shared[\\/](?!texts)/, priority: 2 },
              { name: 'parts', test: /console[\\/]ui[\\/]/, priority: 2 },
              { name: (id, modules) => (isOfFile(id, modules) ? 'file' : null), debugName: 'file', priority: 1 },
            ],
          },
        },
      },
    },
  },
};

/**
 * More workers than the usual two cores, because most scenes wait: for a disk, a timer of the product, another process. The
 * browsers come after the rest, because each keeps several programs busy; the chaos comes last and beside nothing else: on
 * a starving machine it would measure its hunger instead of our promises. Where nothing is left behind in the globals,
 * files share the modules of their worker: loading the server takes longer than many a file.
 */
const projects: TestProjectConfiguration[] = [
  testProject('rules', { include: ['tests/{*,shared/**/*}.test.ts'], environment: 'node', isolate: false, maxWorkers: 4 }),
  testProject('screens', {
    include: ['tests/{widget,console,texts}/**/*.test.{ts,tsx}'],
    environment: join(root, 'tests/helpers/page-environment.ts'),
    isolate: false,
    globalSetup: furnishedHouse,
    setupFiles: ['console-words', 'patience'].map((name) => join(root, `tests/helpers/${name}.ts`)),
    maxWorkers: 4,
  }),
  testProject('server', {
    include: ['tests/{server,storage}/**/*.test.ts'],
    environment: 'node',
    isolate: false,
    globalSetup: [postgres, furnishedHouse],
    maxWorkers: 4,
  }),
  testProject('journeys', {
    include: ['tests/browser/**/*.test.ts'],
    environment: 'node',
    isolate: false,
    globalSetup: furnishedHouse,
    testTimeout: 120_000,
    maxWorkers: 4,
    sequence: { groupOrder: 1 },
  }),
  testProject('chaos', {
    include: ['tests/chaos/**/*.test.ts'],
    environment: 'node',
    testTimeout: 120_000,
    maxWorkers: 3,
    sequence: { groupOrder: 2 },
  }),
];

function testProject(name: string, test: NonNullable<ViteUserConfig['test']>): TestProjectConfiguration {
  return { extends: true, test: { ...test, name } };
}

export default defineConfig(({ mode }) => ({
  clearScreen: false,
  logLevel: mode in builds ? 'warn' : 'info',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  ...builds[mode],
  test: {
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    teardownTimeout: 30_000,
    css: true,
    // On a starving machine a browser or a database may come too late once; whoever fails twice has failed.
    retry: process.env.CI ? 1 : 0,
    // The library's one second is a hiccup of a busy machine.
    expect: { poll: { timeout: 15_000 } },
    restoreMocks: true,
    unstubGlobals: true,
    sequence: { sequencer: LongestFirst },
    projects,
  },
}));

/**
 * The closing line of `.ci/run`: `N passed, N failed`, from what Vitest wrote. A file that could not be loaded, and a
 * run that ended badly without a failed test, count as one failure each, so that no breakdown looks like a success.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './machine.mjs';

const hasSucceeded = process.argv[2] === '0';
const { passed, failed, skipped } = count();
console.log(`${passed} passed, ${failed === 0 && !hasSucceeded ? 1 : failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);

function count() {
  try {
    const results = JSON.parse(readFileSync(join(cacheFolder, 'test-results.json'), 'utf8'));
    const broken = results.testResults.filter(
      (/** @type {{ status: string, assertionResults: unknown[] }} */ file) =>
        file.status === 'failed' && file.assertionResults.length === 0,
    );
    return {
      passed: results.numPassedTests,
      failed: results.numFailedTests + broken.length,
      skipped: results.numPendingTests + results.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

import { readFileSync, statSync } from 'node:fs';
import type { TestSequencer, TestSpecification } from 'vitest/node';

/** Small files that take long: they wait for clocks and disks, or look at many screens. */
const long =
  /(dead-network|accessible-settings|accessible-files|long-conversation|around-the-talk|search-journey|storm-on-\w+|sabotage|slowness|on-site|hostile-routes|sqlite-disk|waiting-queue|busy-server|floor)\.test\.tsx?$/;

/** The environment that a file asks for itself in its first line. */
const ownEnvironment = (file: string) => /^\/\/ @vitest-environment (\S+)/.exec(readFileSync(file, 'utf8'))?.[1] ?? '';

/**
 * Whoever begins last ends last, while the others have nothing left to do: the longest begin first, and after them the largest. A
 * worker goes on with its modules only while the next file has the same environment, so those stand together.
 */
export class LongestFirst implements TestSequencer {
  async shard(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files;
  }

  async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const places = files.map((file) => ({
      file,
      environment: ownEnvironment(file.moduleId),
      isLong: long.test(file.moduleId),
      bytes: statSync(file.moduleId).size,
    }));
    places.sort((one, other) => {
      const [a, b] = [one.file.project, other.file.project];
      return (
        a.config.sequence.groupOrder - b.config.sequence.groupOrder ||
        a.name.localeCompare(b.name) ||
        one.environment.localeCompare(other.environment) ||
        Number(other.isLong) - Number(one.isLong) ||
        other.bytes - one.bytes
      );
    });
    return places.map(({ file }) => file);
  }
}

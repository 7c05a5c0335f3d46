import { expect, test } from 'vitest';
import { startPostgres } from '../helpers/postgres.ts';
import { dist, seed } from './asked.ts';
import { Dice } from './dice.ts';
import { readStory } from './floor-story.ts';
import { FloorWatch, isWaitingForAnybody } from './floor-watch.ts';
import { keepActing } from './person.ts';
import { CAPACITY, SharedFloor } from './shared-floor.ts';
import { until } from './until.ts';

test('two servers with one PostgreSQL hand out together, and when one is killed the other gives its agents’ chats to somebody else', async () => {
  const postgres = await startPostgres({ isSynced: false });
  const dice = new Dice(seed).named('floor');
  const say = (sentence: string) => console.log(`Two servers, CHAOS_SEED=${seed}: ${sentence}`);
  const floor = await SharedFloor.open({ dist, databaseUrl: postgres.url, dice, agents: 24, visitors: 48 });
  const { agents, visitors, servers } = floor;
  const watch = new FloorWatch(postgres.url, { agents, capacity: CAPACITY });
  const rests: (() => void)[] = [];
  try {
    await watch.start();
    const startedAt = performance.now();
    for (const agent of agents) agent.come();
    expect(await until(() => agents.every(({ isOnline }) => isOnline), 20_000), 'all agents are at work').toBe(true);
    for (const agent of agents) rests.push(keepActing(agent, dice.named(`${agent.account.name}'s pace`), [300, 1_500]));
    for (const [at, visitor] of visitors.entries()) rests.push(keepActing(visitor, dice.named(`pace of ${at}`), [200, 1_200]));

    const [one, other] = servers;
    const ofServer = (url: string) => agents.filter(({ address }) => address === url);
    const isBusy = ({ url }: { url: string }) => ofServer(url).reduce((sum, { given }) => sum + given, 0) >= 6;
    expect(await until(() => isBusy(one) && isBusy(other), 20_000), 'both give work to their agents').toBe(true);
    const orphans = ofServer(other.url);
    const gone = new Set(orphans.filter((_, at) => at % 2 === 0).map((agent) => agent.account.id));
    for (const agent of orphans) agent.hasGoneHome = gone.has(agent.account.id);
    const listLeft = async () => (await watch.list()).filter((chat) => chat.waitingSince !== null && gone.has(chat.assigneeId ?? ''));
    await floor.kill(other);
    const left = (await listLeft()).filter(({ isTaken }) => isTaken);
    const killedAt = performance.now();
    expect(await until(async () => (await listLeft()).length === 0, 20_000), 'nobody waits for somebody who is gone').toBe(true);
    const takenOverMs = performance.now() - killedAt;

    expect(await until(() => visitors.every(({ isDone }) => isDone), 40_000), 'everybody has said everything').toBe(true);
    for (const agent of agents) agent.isCalm = true;
    expect(await until(() => watch.besideCount === 0, 10_000), 'nobody waits beside somebody with room').toBe(true);
    const isAllSeenTo = async () => !(await watch.list()).some(isWaitingForAnybody);
    expect(await until(isAllSeenTo, 20_000), 'everybody has an agent').toBe(true);
    const strangers = (await watch.list()).filter(({ id, assigneeId }) =>
      agents.some((agent) => agent.account.id === assigneeId && agent.isOnline && !agent.known.has(id)),
    );
    expect(strangers, 'nobody has what it does not know of').toEqual([]);
    const isAllAnswered = async () => (await watch.list()).every(({ waitingSince }) => waitingSince === null);
    expect(await until(isAllAnswered, 20_000), 'everybody is answered').toBe(true);

    const teamOf = await watch.teams();
    const ofName = new Map(agents.map((agent) => [agent.account.name, agent]));
    const story = readStory(await watch.lines(), (name, id) => {
      const teamId = teamOf.get(id) ?? null;
      return teamId === null || ofName.get(name)?.teamIds.has(teamId) === true;
    });
    const given = [...story.given.values()].reduce((sum, count) => sum + count, 0);
    say(
      `${given} given (${story.rerouted} after no answer, ${story.returned} from agents who had gone, ${story.givenBack} given back, ${story.picked} picked); ` +
        `at most ${watch.mostInQueue} in the queue, at most ${Math.round(watch.longestMs)} ms beside one with room in ${watch.looks} looks; ` +
        `${left.length} who waited for agents of the killed server were seen to after ${(takenOverMs / 1_000).toFixed(1)} s; ${((performance.now() - startedAt) / 1_000).toFixed(1)} s in all`,
    );
    expect([...watch.faults, ...story.faults, ...floor.faults], `CHAOS_SEED=${seed}`).toEqual([]);
    expect(one.complaints).toEqual([]);
    // A simulation in which nothing happens proves nothing.
    expect(given).toBeGreaterThan(visitors.length);
    expect(story.returned).toBeGreaterThan(0);
  } finally {
    for (const rest of rests) rest();
    await watch.stop();
    await floor.close();
    await postgres.stop();
  }
});

import { render, screen } from '@testing-library/preact';
import { h } from 'preact';
import { useState } from 'preact/hooks';
import { expect, test, vi } from 'vitest';
import { moved, SortableList } from '../../console/ui/sortable-list.tsx';

const ROW_HEIGHT = 40;

function Questions() {
  const [questions, setQuestions] = useState(['One', 'Two', 'Three']);
  return h(SortableList<string>, {
    items: questions,
    keyOf: (question) => question,
    title: (question) => question,
    children: () => null,
    words: { handle: 'Move', up: 'Up', down: 'Down', moved: (place, count) => `${place} of ${count}` },
    onMove: (from, to) => setQuestions(moved(questions, from, to)),
  });
}

const titles = () => screen.getAllByRole('listitem').map(({ textContent }) => textContent);

/** One turn of the browser: what was set is drawn, and what waits for the next frame is not. */
const drawn = () => new Promise<void>((done) => queueMicrotask(() => queueMicrotask(done)));

async function point(kind: 'pointermove' | 'pointerup', clientY: number) {
  window.dispatchEvent(new MouseEvent(kind, { clientY }));
  await drawn();
}

test('a row follows the pointer as fast as it moves, and stays where it was let go', async () => {
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockImplementation(function (this: HTMLElement) {
    const place = [...(this.parentElement?.children ?? [])].indexOf(this);
    return new DOMRect(0, place * ROW_HEIGHT, 200, ROW_HEIGHT);
  });
  vi.stubGlobal('requestAnimationFrame', () => 0);
  render(h(Questions, {}));
  screen.getAllByRole('button', { name: 'Move' })[0]?.dispatchEvent(new MouseEvent('pointerdown', { bubbles: true }));
  await drawn();
  await point('pointermove', 70);
  expect(titles()).toEqual(['Two', 'One', 'Three']);
  await point('pointermove', 110);
  expect(titles()).toEqual(['Two', 'Three', 'One']);
  await point('pointerup', 110);
  await point('pointermove', 10);
  expect(titles()).toEqual(['Two', 'Three', 'One']);
});

import { cleanup, render, screen } from '@testing-library/preact';
import { h } from 'preact';
import { afterEach, expect, test } from 'vitest';
import { later } from '../../console/shell/later.tsx';

afterEach(cleanup);

function Greeting({ name }: { name: string }) {
  return h('p', null, `Hello ${name}`);
}

test('a page is fetched once, when somebody first goes there, and stands at once from then on', async () => {
  let fetches = 0;
  const Page = later<{ name: string }>(() => {
    fetches += 1;
    return Promise.resolve(Greeting);
  });
  expect(fetches).toBe(0);
  render(h(Page, { name: 'Dana' }));
  expect(screen.getByRole('status').textContent).toBe('Loading…');
  await screen.findByText('Hello Dana');
  cleanup();
  render(h(Page, { name: 'Noa' }));
  expect(screen.getByText('Hello Noa')).toBeTruthy();
  expect(fetches).toBe(1);
});

test('a page that the new version of the server no longer has offers to load the console again, and comes at the next visit', async () => {
  let isThere = false;
  const Page = later<{ name: string }>(() => (isThere ? Promise.resolve(Greeting) : Promise.reject(new TypeError('Failed to fetch'))));
  render(h(Page, { name: 'Dana' }));
  expect((await screen.findByRole('alert')).textContent).toContain('This page could not be loaded');
  expect(screen.getByRole('button', { name: 'Load the console again' })).toBeTruthy();
  cleanup();
  isThere = true;
  render(h(Page, { name: 'Dana' }));
  await screen.findByText('Hello Dana');
});

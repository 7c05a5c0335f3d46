import { cleanup, render, screen } from '@testing-library/preact';
import { h } from 'preact';
import { expect, test } from 'vitest';
import { PageStandIn } from '../../console/shell/page-stand-in.tsx';
import { late } from '../../console/ui/late.tsx';

function Greeting({ name }: { name: string }) {
  return h('p', null, `Hello ${name}`);
}

test('a page is fetched once, when somebody first goes there, and stands at once from then on', async () => {
  let fetches = 0;
  const Page = late<{ name: string }>(() => {
    fetches += 1;
    return Promise.resolve(Greeting);
  }, PageStandIn);
  expect(fetches).toBe(0);
  render(h(Page, { name: 'Dana' }));
  expect(screen.getByRole('status').textContent).toBe('Loading…');
  await screen.findByText('Hello Dana');
  cleanup();
  render(h(Page, { name: 'Noa' }));
  expect(screen.getByText('Hello Noa')).toBeTruthy();
  expect(fetches).toBe(1);
});

test('a page that could not be fetched offers to load the console again, and comes by itself once it is there', async () => {
  let isThere = false;
  const load = () => (isThere ? Promise.resolve(Greeting) : Promise.reject(new TypeError('Failed to fetch')));
  const Page = late<{ name: string }>(load, PageStandIn);
  render(h(Page, { name: 'Dana' }));
  expect((await screen.findByRole('alert')).textContent).toContain('This page could not be loaded');
  expect(screen.getByRole('button', { name: 'Load the console again' })).toBeTruthy();
  isThere = true;
  await screen.findByText('Hello Dana', undefined, { timeout: 10_000 });
});

test('a dialog that is not there yet has nothing in its place', async () => {
  const Dialog = late<{ name: string }>(() => Promise.resolve(Greeting));
  const { container } = render(h(Dialog, { name: 'Dana' }));
  expect(container.innerHTML).toBe('');
  await screen.findByText('Hello Dana');
});

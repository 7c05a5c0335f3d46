import { expect, test } from 'vitest';
import { subjectOf } from '../../widget/signed-subject.ts';
import { signer } from '../helpers/signing-site.ts';

const sign = signer(new TextEncoder().encode('a secret of thirty-two characters!'), 'HS256');

test.each(['ruth', 'רות?>~ÿ', '🏺🏺'])('two signatures for %s are for one person', async (sub) => {
  const [early, late] = [await sign({ sub, exp: 2_000_000_000, name: 'רות' }), await sign({ sub, exp: 2_000_000_001 })];
  expect(early).not.toBe(late);
  expect(subjectOf(early)).toBe(subjectOf(late));
  expect(subjectOf(early)).not.toBeNull();
  expect(subjectOf(await sign({ sub: `${sub}1` }))).not.toBe(subjectOf(early));
});

test.each(['', 'nonsense', '..', 'a.b.c', `a.${btoa('null')}.c`, `a.${btoa('{"sub":7}')}.c`])('%j is for nobody', (identity) => {
  expect(subjectOf(identity)).toBeNull();
});

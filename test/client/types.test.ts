import { describe, expect, expectTypeOf, it } from 'vitest';
import { type Answer, type Client, createClient, type Schemas } from '../../src/client/client.js';

// `npm run types` checks this file: a mistake that compiles is an unused @ts-expect-error, which is an error.
// The calls are made too, against nothing, so that the test knows that every one was there to be checked.
let made = 0;
const api: Client = createClient('http://nowhere.invalid', {
  fetch: async () => {
    made += 1;
    return Response.json({ data: [], page: { next_cursor: null } });
  },
});

describe('what does not compile', () => {
  it('an address, a method or a parameter that there is not', async () => {
    // @ts-expect-error: /barrage is not an address
    await api.GET('/barrage');
    // @ts-expect-error: statistics are not posted
    await api.POST('/stats');
    // @ts-expect-error: the parameter is called munition
    await api.GET('/stats', { params: { query: { from: '2024-09-07', munitions: 'kh-101' } } });
    // @ts-expect-error: regions have no pages
    for await (const region of api.rows('/regions')) expect(region).toBeUndefined();
    expect(made).toBe(4);
  });

  it('a parameter of another type or outside its list of values', async () => {
    made = 0;
    // @ts-expect-error: a limit is a number
    await api.GET('/claims', { params: { query: { limit: '10' } } });
    // @ts-expect-error: there is no bucket "day"
    await api.GET('/stats/series', { params: { query: { bucket: 'day' } } });
    // @ts-expect-error: nobody is on the side "both"
    await api.GET('/stats', { params: { query: { side: 'both' } } });
    // @ts-expect-error: a walk has the parameters of its list
    for await (const claim of api.rows('/claims', { params: { query: { group_by: 'night' } } }))
      expect(claim).toBeUndefined();
    expect(made).toBe(4);
  });

  it('a missing path parameter, reason or address to cite', async () => {
    made = 0;
    // @ts-expect-error: which claim?
    const nameless = api.GET('/claims/{id}');
    await expect(nameless.then(() => made)).resolves.toBe(1);
    // @ts-expect-error: a retraction has a reason
    await api.DELETE('/claims/{id}', { params: { path: { id: 'clm_1' } } });
    // @ts-expect-error: cite what?
    await api.GET('/cite');
    expect(made).toBe(3);
  });

  it('a body that misses a field, has one too many, or one of another type', async () => {
    made = 0;
    const pair = { attacker: 'XXA', defender: 'XXB' };
    // @ts-expect-error: nobody was attacked
    await api.POST('/barrages', { body: { attacker: 'XXA' } });
    // @ts-expect-error: the field is called claims
    await api.POST('/barrages', { body: { ...pair, claim: [] } });
    // @ts-expect-error: a note is text
    await api.POST('/barrages', { body: { ...pair, note: 7 } });
    // @ts-expect-error: a barrage without a body
    await api.POST('/barrages');
    expect(made).toBe(4);
  });

  it('a use of the answer that its schema does not know', async () => {
    const { data } = await api.GET('/stats');
    // @ts-expect-error: the count is called intercepted
    expect(data.data.shot_down).toBeUndefined();
    // @ts-expect-error: a cursor is text or null
    const cursor = (await api.GET('/claims')).data.page.next_cursor * 2;
    expect(cursor).toBe(0);
  });
});

describe('what compiles', () => {
  it('answers as the specification describes them', () => {
    type Listed = Awaited<ReturnType<typeof api.GET<'/claims'>>>;
    expectTypeOf<Listed['data']['data'][number]>().toEqualTypeOf<Schemas['ListedClaim']>();
    expectTypeOf<Listed['data']['data'][number]['launched']>().toEqualTypeOf<number | null>();
    expectTypeOf<Awaited<ReturnType<typeof api.DELETE<'/claims/{id}'>>>>().toEqualTypeOf<
      Answer<undefined>
    >();
    type Text = Awaited<ReturnType<typeof api.GET<'/claims', 'text'>>>;
    expectTypeOf<Text['data']>().toEqualTypeOf<string>();
  });

  it('options that the platform’s fetch knows', async () => {
    const { signal } = new AbortController();
    await api.GET('/claims', { signal, headers: { 'accept-language': 'en' } });
    expectTypeOf<NonNullable<Parameters<typeof api.GET<'/claims'>>[1]>['signal']>().toEqualTypeOf<
      AbortSignal | null | undefined
    >();
  });
});

import { problem, PROBLEMS, type ProblemCode } from './problem.js';

describe('problem', () => {
  it('carries the status and title of its code, the detail, and what was added', () => {
    expect(problem('quote-stale', 'The credit is 7.33 USD now.', { quote: { to: 8 } })).toEqual({
      type: '/problems/quote-stale',
      title: 'The figures of the quote no longer hold',
      status: 409,
      detail: 'The credit is 7.33 USD now.',
      code: 'quote-stale',
      quote: { to: 8 },
    });
  });

  it('does not let an addition replace a standard member', () => {
    expect(problem('not-found', 'No such license.', { status: 200, code: 'fine' })).toMatchObject({
      status: 404,
      code: 'not-found',
    });
  });

  it('has an error status for every code', () => {
    for (const code of Object.keys(PROBLEMS) as ProblemCode[]) {
      expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(PROBLEMS[code].status).toBeGreaterThanOrEqual(400);
    }
  });
});

import { ArrayMaxSize, ArrayUnique, IsArray, IsEmail, IsIn, IsInt, IsOptional, IsString, Min } from 'class-validator';
import { ValidateIf, ValidateNested } from 'class-validator';
import type { InputError } from '#contracts';
import { check } from './check.js';
import { IsInstant, IsUuid, QueryBoolean, QueryInteger } from './fields.js';
import { Nested, type Dto } from './nested.js';

class Price {
  @IsString()
  currency!: string;

  @IsInt()
  @Min(0)
  amount!: number;
}

class PutPlan {
  @IsString()
  name!: string;

  @IsArray()
  @ArrayMaxSize(3)
  @Nested(() => Price, { each: true })
  prices!: Price[];
}

class Change {
  @IsInt()
  @Min(1)
  seats!: number;

  @IsOptional()
  @IsString()
  planId?: string;

  @IsOptional()
  @ArrayUnique()
  @IsUuid({ each: true })
  disableStaff?: string[];

  @IsIn(['agent', 'admin'])
  role: string = 'agent';

  @IsOptional()
  @IsInstant()
  at?: string;

  @IsOptional()
  @Nested(() => Price)
  price?: Price;
}

function run<T extends object>(dto: Dto<T>, input: unknown): { value: T; errors: InputError[] } {
  const errors: InputError[] = [];
  return { value: check(dto, input, errors), errors };
}

const errorsOf = (dto: Dto, input: unknown): InputError[] => run(dto, input).errors;

describe('check', () => {
  it('makes an instance with defaults and without absent optional values', () => {
    const { value, errors } = run(Change, { seats: 5, planId: null });
    expect(errors).toEqual([]);
    expect(value).toBeInstanceOf(Change);
    expect(JSON.parse(JSON.stringify(value))).toEqual({ seats: 5, role: 'agent' });
  });

  it.each([['5'], [5.5], [null], [true], [[5]], [{}], [2 ** 53], [0]])('does not take %j for a seat count', (seats) => {
    expect(errorsOf(Change, { seats })).toHaveLength(1);
  });

  it('names the first rule that fails, in the order in which they are written', () => {
    expect(errorsOf(Change, { seats: '5' })).toEqual([{ path: 'seats', message: 'seats must be an integer number' }]);
    expect(errorsOf(Change, { seats: 0 })).toEqual([{ path: 'seats', message: 'seats must not be less than 1' }]);
    expect(errorsOf(Change, {})).toEqual([{ path: 'seats', message: 'seats is required' }]);
  });

  it('points into nested values and arrays', () => {
    const prices = [{ currency: 'USD', amount: '5' }, { currency: 'EUR', amount: 5, tax: 1 }, { currency: 'JPY' }];
    expect(errorsOf(PutPlan, { name: 'Team', prices })).toEqual([
      { path: 'prices[0].amount', message: 'amount must be an integer number' },
      { path: 'prices[1].tax', message: 'is unknown' },
      { path: 'prices[2].amount', message: 'amount is required' },
    ]);
    expect(errorsOf(PutPlan, { name: 'Team', prices: [null, [], 'x'] }).map(({ path }) => path)).toEqual([
      'prices[0]',
      'prices[1]',
      'prices[2]',
    ]);
    expect(errorsOf(PutPlan, { name: 'Team', prices: [1, 2, 3, 4] })).toEqual([
      { path: 'prices', message: 'prices must contain no more than 3 elements' },
    ]);
    expect(errorsOf(Change, { seats: 1, price: [] })).toEqual([{ path: 'price', message: 'must be an object' }]);
  });

  it('wants an array where each item has a rule', () => {
    const id = '0b0e7f4e-3a52-4f3f-9d2e-0a3c7b1d2e4f';
    expect(errorsOf(Change, { seats: 1, disableStaff: [id] })).toEqual([]);
    expect(errorsOf(Change, { seats: 1, disableStaff: id })).toHaveLength(1);
    expect(errorsOf(Change, { seats: 1, disableStaff: [id, 'x'] })).toEqual([
      { path: 'disableStaff[1]', message: 'disableStaff must be a UUID' },
    ]);
  });

  it('refuses what is inherited, hidden or not an object', () => {
    expect(errorsOf(Change, JSON.parse('{"seats": 1, "__proto__": {"role": "admin"}}'))).toHaveLength(1);
    expect(errorsOf(Change, { seats: 1, constructor: 1, toString: 1 })).toHaveLength(2);
    expect(errorsOf(Change, Object.create({ seats: 1 }))).toEqual([{ path: 'seats', message: 'seats is required' }]);
    for (const input of [null, [], 'x', 5]) expect(errorsOf(Change, input)).toHaveLength(1);
  });

  it('bounds what it takes and what it says', () => {
    const items = Array.from({ length: 1_001 }, () => '');
    expect(errorsOf(Change, { seats: 1, disableStaff: items })).toHaveLength(1);
    expect(errorsOf(Change, { seats: 1, disableStaff: items.slice(1).map((_, i) => `${i}`) })).toHaveLength(20);
    expect(errorsOf(Change, Object.fromEntries(items.map((_, i) => [`f${i}`, i])))).toHaveLength(20);
    for (const planId of ['x'.repeat(4_097), 'a\0b', 'a\ud800b']) {
      expect(errorsOf(Change, { seats: 1, planId })).toHaveLength(1);
    }
  });

  it('normalises before it checks', () => {
    expect(run(Change, { seats: 1, at: '2026-06-11T11:30:00.5+02:00' }).value.at).toBe('2026-06-11T09:30:00.500Z');
  });

  it('coerces a query only where that is said', () => {
    class Query {
      @QueryInteger(1, 500)
      limit: number = 50;

      @IsOptional()
      @QueryBoolean()
      late?: boolean;
    }
    expect(run(Query, { limit: '7', late: 'true' }).value).toEqual({ limit: 7, late: true });
    expect(run(Query, {}).value.limit).toBe(50);
    for (const limit of ['0', '501', '1e2', ' 5', '0x10', '', ['1', '2']]) {
      expect(errorsOf(Query, { limit })).toHaveLength(1);
    }
    expect(errorsOf(Query, { late: '1' })).toHaveLength(1);
  });

  it('drops a value that a condition keeps from its rules', () => {
    class Contact {
      @ValidateIf((_, value) => value !== null)
      @IsEmail()
      email!: string | null;

      @ValidateIf((contact: Contact) => contact.email === null)
      @IsString()
      phone!: string;
    }
    expect(run(Contact, { email: null, phone: '1' })).toMatchObject({ value: { email: null, phone: '1' }, errors: [] });
    expect(run(Contact, { email: 'a@b.example', phone: { $ne: 1 } }).value.phone).toBeUndefined();
    expect(errorsOf(Contact, { email: null })).toEqual([{ path: 'phone', message: 'phone is required' }]);
  });

  it('inherits rules', () => {
    class More extends Change {
      @IsString()
      reason!: string;
    }
    expect(errorsOf(More, { seats: '1' }).map(({ path }) => path)).toEqual(['reason', 'seats']);
  });

  it('refuses a class that it could not check', () => {
    class Bare {}
    class Unnamed {
      @ValidateNested()
      price!: Price;
    }
    expect(() => errorsOf(Bare, {})).toThrow('Bare declares no validation');
    expect(() => errorsOf(Unnamed, {})).toThrow('@Nested');
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSettings } from '@quayside/config';
import { settings } from './config';

const { LIMIT_PER_PAYMENT_MINOR_UNITS, LIMIT_PER_DAY_MINOR_UNITS, FEE_FIXED } = settings;
const byCurrency = { LIMIT_PER_PAYMENT_MINOR_UNITS, LIMIT_PER_DAY_MINOR_UNITS, FEE_FIXED };

test('amounts by currency are checked where settings are read', () => {
  assert.throws(
    () =>
      readSettings(byCurrency, {
        LIMIT_PER_PAYMENT_MINOR_UNITS: '1,000.00',
        LIMIT_PER_DAY_MINOR_UNITS: 'EUR=5',
        FEE_FIXED: 'CHF=5',
      }),
    {
      problems: [
        'LIMIT_PER_PAYMENT_MINOR_UNITS is "1,000.00": has "000.00"; write a part as EUR=1000.',
        'LIMIT_PER_DAY_MINOR_UNITS is "EUR=5": has no limit for USD; add one.',
        'FEE_FIXED is "CHF=5": names CHF; a currency must be one of EUR, USD, GBP, JPY.',
      ],
    },
  );
  const good = { LIMIT_PER_DAY_MINOR_UNITS: '5,JPY=7', FEE_FIXED: 'EUR=25, JPY=30' };
  const read = readSettings(byCurrency, good);
  assert.deepEqual(read.FEE_FIXED, ['EUR=25', 'JPY=30']);
  assert.equal(read.LIMIT_PER_DAY_MINOR_UNITS, '5,JPY=7');
});

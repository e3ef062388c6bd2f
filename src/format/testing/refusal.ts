/** What becomes of corrupt bytes, for tests. */
import { isCartoError } from '../../errors.ts';

/** Whether `act` refuses with `CorruptFile`; any other failure is thrown on. */
export function refuses(act: () => unknown): boolean {
  try {
    act();
    return false;
  } catch (error) {
    if (isCartoError(error, 'CorruptFile')) return true;
    throw error;
  }
}

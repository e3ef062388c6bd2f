/** `make package`: writes the library's package into the folder that is named. */
import { writePackage } from './package.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('which folder?');
await writePackage(folder);

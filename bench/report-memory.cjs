'use strict';
// Preloaded into a run of nodectl: its peak of memory as the last line of standard error, in KiB.
process.on('exit', () => process.stderr.write(`\n${process.resourceUsage().maxRSS}\n`));

// Test Anything Protocol: one line per promise, a plan at the end.
export class Tap {
	constructor(write = line => process.stdout.write(`${line}\n`)) {
		this.write = write;
		this.count = 0;
		this.failed = 0;
	}

	ok(passed, name, details = []) {
		this.count++;
		if (!passed) this.failed++;
		this.write(`${passed ? 'ok' : 'not ok'} ${this.count} - ${name.replace(/#/g, '')}`);
		if (!passed) for (const line of details.flatMap(d => String(d).split('\n'))) this.write(`  # ${line}`);
		return passed;
	}

	none(faults, name) {
		return this.ok(faults.length === 0, name, faults);
	}

	end() {
		this.write(`1..${this.count}`);
		this.write(`# ${this.count - this.failed} passed, ${this.failed} failed`);
		return this.failed === 0 && this.count > 0;
	}
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"
#include "wire/provisioningcsv.h"

using namespace reveille;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    ProvisioningLimits limits;
    limits.rows = 200;
    limits.range = 50;
    ProvisioningReader reader(fuzzOctets(data, size).toByteArray(), limits);
    for (;;) {
        const ProvisioningReader::State state = reader.next();
        if (state == ProvisioningReader::State::End)
            return 0;
        if (state != ProvisioningReader::State::Row) {
            FUZZ_CHECK(reader.fault().error.code[0] != '\0');
            continue;
        }
        const ProvisionedRow row = reader.row();
        FUZZ_CHECK(!row.user.isEmpty());
        const Result<Device> device = row.applied({});
        if (!device)
            continue;
        User user;
        user.id = row.user;
        user.name = row.userName;
        const bool hasDevice = !device->id.isEmpty();
        ProvisioningReader again(provisioningHeader() + provisioningRow(user, hasDevice ? &*device : nullptr));
        FUZZ_CHECK(again.next() == ProvisioningReader::State::Row);
        FUZZ_CHECK(again.row().userName == user.name && again.row().device == row.device);
        const Result<Device> same = again.row().applied({});
        FUZZ_CHECK(same.ok() && (!hasDevice || *same == *device));
    }
}

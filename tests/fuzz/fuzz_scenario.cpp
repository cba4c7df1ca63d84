// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/scenarioreader.h"
#include "client/scenario/yamlnode.h"
#include "fuzz/fuzz.h"

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

template <typename T>
void checkFault(const ScenarioResult<T> &read, QByteArrayView octets)
{
    if (read.ok())
        return;
    FUZZ_CHECK(qstrlen(read.error().code) > 0);
    FUZZ_CHECK(read.error().line >= 0 && read.error().line <= octets.count('\n') + octets.count('\r') + 2);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    const QByteArrayView octets = fuzzOctets(data, size);
    const ScenarioResult<YamlNode> root = readYaml(octets);
    checkFault(root, octets);
    if (root) {
        (void)toJson(*root);
        (void)toFlowText(*root);
    }
    const ScenarioResult<Scenario> read = readScenario(octets, u"fuzzed"_s);
    checkFault(read, octets);
    if (read) {
        FUZZ_CHECK(root.ok() && !read->steps.isEmpty() && read->steps.size() <= Scenario::maxSteps);
        FUZZ_CHECK(read->deviceCount() <= Scenario::maxDevices);
        for (const ScenarioStep &step : read->steps)
            FUZZ_CHECK(step.actions.size() <= Scenario::maxPerStep && step.expectations.size() <= Scenario::maxPerStep);
        for (const ScenarioDevice &device : read->devices)
            FUZZ_CHECK(device.member(device.count - 1).device.kind() != DeviceId::Kind::None);
    }
    (void)readExpectations({QString::fromUtf8(octets)});
    return 0;
}

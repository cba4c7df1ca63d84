// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/learnednetwork.h"

#include "domain/enumtext.h"

namespace reveille {

namespace {
constexpr EnumNames<2> transportNames{"udp", "tcp"};
constexpr EnumNames<3> sourceNames{"test", "traffic", "missed"};
} // namespace

const char *toText(PathTransport transport)
{
    return nameOf(transportNames, transport);
}

std::optional<PathTransport> pathTransportFromText(QStringView text)
{
    return valueOf<PathTransport>(transportNames, text);
}

PathTransport pathTransportOf(QStringView connectionTransport)
{
    const bool datagrams = connectionTransport == u"udp" || connectionTransport == u"dtls";
    return datagrams ? PathTransport::Udp : PathTransport::Tcp;
}

const char *toText(PinholeSample::Source source)
{
    return nameOf(sourceNames, source);
}

std::optional<PinholeSample::Source> pinholeSourceFromText(QStringView text)
{
    return valueOf<PinholeSample::Source>(sourceNames, text);
}

} // namespace reveille

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <cstdlib>

/// A property every input must keep; the fuzzer and the corpus test see a violation as a crash.
#define FUZZ_CHECK(condition)                                                                                \
    do {                                                                                                     \
        if (!(condition))                                                                                    \
            std::abort();                                                                                    \
    } while (false)

inline QByteArrayView fuzzOctets(const unsigned char *data, size_t size)
{
    return {reinterpret_cast<const char *>(data), qsizetype(size)};
}

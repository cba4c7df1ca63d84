// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/inflate.h"

#include <zlib.h>

namespace reveille {

Result<QByteArray> inflated(QByteArrayView octets, qsizetype most)
{
    z_stream stream{};
    if (inflateInit(&stream) != Z_OK)
        return Error{"deflate-broken", {}};
    QByteArray out(most, Qt::Uninitialized);
    QByteArray in = octets.toByteArray(); // zlib wants to write nothing there, and says so nowhere
    stream.next_in = reinterpret_cast<Bytef *>(in.data());
    stream.avail_in = uInt(in.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = uInt(out.size());
    const int end = inflate(&stream, Z_FINISH);
    const qsizetype size = out.size() - qsizetype(stream.avail_out);
    const bool isWhole = end == Z_STREAM_END && stream.avail_in == 0;
    const bool isFull = end != Z_STREAM_END && stream.avail_out == 0;
    inflateEnd(&stream);
    if (!isWhole)
        return Error{isFull ? "deflate-too-large" : "deflate-broken", {}};
    out.truncate(size);
    return out;
}

} // namespace reveille

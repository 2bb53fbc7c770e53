# All of the engine lies on an xfs with project quotas: its storage driver has the layer kept to the size, too.

holds 'the engine lies on an xfs with project quotas' engine_on /var/lib/docker pquota mkfs.xfs -q -f
holds 'the geth image of the host is loaded' docker load -i /job/geth.tar
quota_keeps 'xfs project quota' 'No space left on device'

holds '`up --storage 1G` ends with 0' up layer 0 --memory 512M --storage 1G
upper=$(docker inspect -f '{{.GraphDriver.Data.UpperDir}}' nodectl-office)
holds 'dd past the size is refused in the layer of its container, to root' \
  refuses 'No space left on device' env LC_ALL=C dd if=/dev/zero "of=$upper/beyond" bs=1M count=1100
holds 'geth is all there' heeds
holds '`down --volumes` ends with 0' nodectl_as layer-gone 0 down office --volumes --yes
holds 'the engine is back on its own disk' engine_off /var/lib/docker
